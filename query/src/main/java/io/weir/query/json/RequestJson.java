package io.weir.query.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads JSON that callers of the API send. */
public final class RequestJson {

    private RequestJson() {}

    /**
     * Returns a new mapper that forgets the field names of what it has read. By default, Jackson keeps up to 12,000
     * names of up to 50,000 characters for as long as the process lives.
     */
    public static ObjectMapper mapper() {
        return new ObjectMapper(new JsonFactoryBuilder()
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .build());
    }
}
