package io.weir.query.api.format;

/** The response formats. */
public enum Format {
    JSON("application/json"),
    CSV("text/csv; charset=utf-8"),
    NDJSON("application/x-ndjson");

    private final String contentType;

    Format(String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }

    /** Returns the media type without parameters, as in Accept headers. */
    public String mediaType() {
        return contentType.replaceFirst(";.*", "");
    }
}
