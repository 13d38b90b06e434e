package io.weir.query.verify;

import io.weir.core.rollup.Window;
import io.weir.storage.read.ScopedMetric;

/** The unit of a check: all rollups of a device or group and metric in one month, and their raw rows. */
record MonthUnit(ScopedMetric of, Window month) {}
