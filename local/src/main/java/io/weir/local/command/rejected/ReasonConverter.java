package io.weir.local.command.rejected;

import io.weir.core.reading.RejectReason;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses the code of a reject reason. */
final class ReasonConverter implements ITypeConverter<RejectReason> {

    @Override
    public RejectReason convert(String code) {
        try {
            return RejectReason.ofCode(code);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("\"" + code + "\" is not a reject reason; expected one of "
                    + Arrays.stream(RejectReason.values())
                            .map(RejectReason::code)
                            .collect(Collectors.joining(", ")));
        }
    }
}
