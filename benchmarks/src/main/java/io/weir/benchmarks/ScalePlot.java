package io.weir.benchmarks;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Plots readings per second at each size, of Weir and of its ceiling. */
final class ScalePlot {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 360;
    private static final Color WEIR = new Color(0x0B, 0x6E, 0x99);
    private static final Color CEILING = new Color(0xB8, 0xC4, 0xCC);

    private ScalePlot() {}

    /** Writes the plot as SVG. */
    static void write(ScaleReport report, Path file) throws IOException {
        List<String> labels = new ArrayList<>();
        List<Double> weir = new ArrayList<>();
        List<Double> ceiling = new ArrayList<>();
        for (ScaleReport.Size size : report.sizes()) {
            if (size.weir().took() != null) {
                labels.add(size.point().label());
                weir.add(size.readingsPerSecond(size.weir()));
                ceiling.add(
                        size.ceiling() == null || size.ceiling().took() == null
                                ? 0.0
                                : size.readingsPerSecond(size.ceiling()));
            }
        }
        if (labels.isEmpty()) {
            return; // no run completed
        }
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .xAxisTitle(report.sweep().title())
                .yAxisTitle("readings/s")
                .build();
        chart.getStyler()
                .setLegendPosition(LegendPosition.OutsideS)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setSeriesColors(new Color[] {WEIR, CEILING});
        chart.addSeries("weir", labels, weir);
        if (ceiling.stream().anyMatch(value -> value > 0)) {
            chart.addSeries("ceiling", labels, ceiling);
        }
        VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
    }
}
