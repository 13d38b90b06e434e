package io.weir.query.verify;

import io.weir.core.rollup.Window;
import io.weir.storage.read.ScopedMetric;

/** What is checked in one go: all rollups of a device or group and metric in a month, and the raw rows beneath. */
record MonthUnit(ScopedMetric of, Window month) {}
