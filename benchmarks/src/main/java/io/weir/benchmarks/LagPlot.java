package io.weir.benchmarks;

import io.weir.benchmarks.steady.LagSample;
import io.weir.benchmarks.steady.SteadyResult;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Plots the lag of runs over time, including the warm-up. */
final class LagPlot {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 360;

    private LagPlot() {}

    /** Writes the plot as SVG; writes nothing without runs. */
    static void write(List<SteadyResult> runs, Path file) throws IOException {
        if (runs.isEmpty()) {
            return;
        }
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .xAxisTitle("seconds since the first record")
                .yAxisTitle("records")
                .build();
        chart.getStyler()
                .setLegendPosition(LegendPosition.OutsideS)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false);
        for (SteadyResult run : runs) {
            String name = run.variant().label() + ", round " + run.round() + ": ";
            add(chart, name + "not accounted for", run, LagSample::accounted);
            add(chart, name + "not in the raw tables", run, LagSample::raw);
        }
        VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
    }

    private static void add(XYChart chart, String name, SteadyResult run, ToLongFunction<LagSample> lag) {
        chart.addSeries(
                        name,
                        run.samples().stream().mapToDouble(LagSample::second).toArray(),
                        run.samples().stream()
                                .mapToDouble(sample -> lag.applyAsLong(sample))
                                .toArray())
                .setMarker(SeriesMarkers.NONE);
    }
}
