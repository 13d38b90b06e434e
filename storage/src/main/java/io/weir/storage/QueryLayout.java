package io.weir.storage;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How the tables are spread over streaming queries. */
public enum QueryLayout {
    /** One query feeds all tables. */
    FUSED,
    /** A query for each table. */
    EIGHT;

    /** By which name {@link PipelineMeta} records it. */
    public static final String SETTING = "layout";

    /** Reads the layout of a pipeline from its recorded settings. */
    public static QueryLayout of(Map<String, String> settings) {
        return ofCode(settings.getOrDefault(SETTING, FUSED.code()));
    }

    /**
     * Returns the layout of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static QueryLayout ofCode(String code) {
        for (QueryLayout layout : values()) {
            if (layout.code().equals(code)) {
                return layout;
            }
        }
        throw new IllegalArgumentException("expected fused or eight, found " + code);
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns its queries, the one that decides first. */
    public List<TableQuery> queries() {
        return this == FUSED ? List.of(TableQuery.RAW_BY_DEVICE) : List.of(TableQuery.values());
    }

    /** Returns the queries that follow the one that decides. */
    public List<TableQuery> followers() {
        return queries().stream().filter(query -> !query.decides()).toList();
    }
}
