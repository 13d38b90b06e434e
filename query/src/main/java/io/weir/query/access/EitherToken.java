package io.weir.query.access;

/** Accepts both kinds of token, distinguished by their form. */
record EitherToken(TokenCheck stored, TokenCheck signed) implements TokenCheck {

    @Override
    public Caller check(String token) throws TokenRefusedException {
        return (token.startsWith(BearerToken.PREFIX) ? stored : signed).check(token);
    }
}
