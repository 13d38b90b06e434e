package io.weir.query.api;

/** How an answer is written. */
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

    /** The media type without its parameters, as Accept headers name it. */
    String mediaType() {
        return contentType.replaceFirst(";.*", "");
    }
}
