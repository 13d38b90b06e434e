package io.weir.core.fold.hostile;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Plots the heap of a fold over the records of a run. */
final class HeapPlot {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 360;
    private static final double MIB = 1 << 20;
    private static final double MILLION = 1e6;

    /**
     * A measurement.
     *
     * @param records all records of the run until then
     * @param peakBytes the maximum heap bytes in a step
     * @param retainedBytes the heap bytes after the flush
     */
    record Sample(long records, long peakBytes, long retainedBytes) {}

    private HeapPlot() {}

    /**
     * Writes the plot as SVG.
     *
     * @param memory the fold's setting, in bytes
     * @param limit what the fold may use at most, in bytes
     */
    static void write(List<Sample> samples, long memory, long limit, Path file) throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .xAxisTitle("million records")
                .yAxisTitle("MiB of heap")
                .build();
        chart.getStyler()
                .setLegendPosition(LegendPosition.OutsideS)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false);
        chart.getStyler().setYAxisMin(0.0);
        add(chart, "limit", samples, sample -> limit);
        add(chart, "memory", samples, sample -> memory);
        add(chart, "most in a step", samples, Sample::peakBytes);
        add(chart, "after the flush", samples, Sample::retainedBytes);
        VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
    }

    private static void add(XYChart chart, String name, List<Sample> samples, ToDoubleFunction<Sample> bytes) {
        chart.addSeries(
                        name,
                        samples.stream()
                                .mapToDouble(sample -> sample.records() / MILLION)
                                .toArray(),
                        samples.stream()
                                .mapToDouble(sample -> bytes.applyAsDouble(sample) / MIB)
                                .toArray())
                .setMarker(SeriesMarkers.NONE);
    }
}
