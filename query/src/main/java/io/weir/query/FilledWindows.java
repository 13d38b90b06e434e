package io.weir.query;

import io.weir.core.rollup.Rollup;
import io.weir.core.rollup.Window;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Computes the functions of windows in order, and fills windows without readings. Holds two windows in memory. Windows
 * before the first one with readings, and for linear interpolation those after the last one, cannot be filled.
 */
public final class FilledWindows implements Iterator<WindowValues> {

    private final Iterator<WindowRollup> found;
    private final List<RollupFunction> functions;
    private final Fill fill;
    private final Span span;
    private final WindowCuts cuts;
    private @Nullable WindowValues before;
    private @Nullable WindowValues ahead;
    private Window due;

    /**
     * Begins at the first window that starts in the span.
     *
     * @param found the windows that have readings, in order
     * @param cuts says where the windows begin and end
     */
    public FilledWindows(
            Iterator<WindowRollup> found, List<RollupFunction> functions, Fill fill, Span span, WindowCuts cuts) {
        this.found = found;
        this.functions = functions;
        this.fill = fill;
        this.span = span;
        this.cuts = cuts;
        this.due = cuts.firstIn(span);
        this.ahead = nextFound();
    }

    @Override
    public boolean hasNext() {
        return ahead != null || isGapDue();
    }

    @Override
    public WindowValues next() {
        WindowValues next = ahead;
        if (next != null && (fill == Fill.NONE || next.window().start() <= due.start())) {
            before = next;
            ahead = nextFound();
            due = next.window().start() < due.start() ? due : after(next.window());
            return next;
        }
        if (!isGapDue()) {
            throw new NoSuchElementException();
        }
        Window gap = due;
        due = after(gap);
        return filled(gap);
    }

    private boolean isGapDue() {
        return fill != Fill.NONE && due.start() < span.to();
    }

    private Window after(Window window) {
        return cuts.after(window);
    }

    private @Nullable WindowValues nextFound() {
        if (!found.hasNext()) {
            return null;
        }
        WindowRollup next = found.next();
        Rollup rollup = next.rollup();
        List<Object> values = new ArrayList<>(functions.size());
        functions.forEach(function -> values.add(function.of(rollup)));
        return new WindowValues(next.window(), rollup.count(), values, false);
    }

    private WindowValues filled(Window gap) {
        WindowValues left = before;
        WindowValues right = ahead;
        List<Object> values = new ArrayList<>(functions.size());
        for (int i = 0; i < functions.size(); i++) {
            values.add(
                    functions.get(i).shape() == RollupFunction.Shape.COUNT
                            ? (Object) 0L
                            : valueAt(gap, i, left, right));
        }
        boolean filled =
                (fill == Fill.PREVIOUS && left != null) || (fill == Fill.LINEAR && left != null && right != null);
        return new WindowValues(gap, 0, values, filled);
    }

    private @Nullable Object valueAt(Window gap, int i, @Nullable WindowValues left, @Nullable WindowValues right) {
        if (fill == Fill.PREVIOUS && left != null) {
            return left.values().get(i);
        }
        if (fill == Fill.LINEAR
                && left != null
                && right != null
                && left.values().get(i) instanceof Double from
                && right.values().get(i) instanceof Double to) {
            double share = (double) (gap.start() - left.window().start())
                    / (right.window().start() - left.window().start());
            return from * (1 - share) + to * share;
        }
        return null;
    }
}
