package io.weir.query.api;

/** The response formats. */
enum Format {
    JSON("application/json"),
    CSV("text/csv; charset=utf-8"),
    NDJSON("application/x-ndjson");

    private final String contentType;

    Format(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /** Returns the media type without parameters, as in Accept headers. */
    String mediaType() {
        return contentType.replaceFirst(";.*", "");
    }
}
