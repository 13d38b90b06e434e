package io.weir.storage.run;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The assignment of tables to streaming queries. */
public enum QueryLayout {
    /** One query feeds all tables. */
    FUSED,
    /** One query for each table. */
    EIGHT;

    /** The name of the setting in {@link PipelineMeta}. */
    public static final String SETTING = "layout";

    /** Returns the layout in the recorded settings of a pipeline. */
    public static QueryLayout of(Map<String, String> settings) {
        return ofCode(settings.getOrDefault(SETTING, FUSED.code()));
    }

    /**
     * Returns the layout with this name.
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

    /** Returns the queries of the layout, the decider first. */
    public List<FeedQuery> queries() {
        return this == FUSED ? List.of(FeedQuery.RAW_BY_DEVICE) : List.of(FeedQuery.values());
    }

    /** Returns the name of a query in Spark, in messages and in metrics: its table, or {@code fused}. */
    public String nameOf(FeedQuery query) {
        return this == FUSED ? code() : query.table();
    }

    /** Returns the queries that follow the decider. */
    public List<FeedQuery> followers() {
        return queries().stream().filter(query -> !query.decides()).toList();
    }
}
