package io.weir.query.access;

/** Knows callers by either kind of token, which look unlike. */
record EitherToken(TokenCheck stored, TokenCheck signed) implements TokenCheck {

    @Override
    public Caller check(String token) throws TokenRefusedException {
        return (token.startsWith(BearerToken.PREFIX) ? stored : signed).check(token);
    }
}
