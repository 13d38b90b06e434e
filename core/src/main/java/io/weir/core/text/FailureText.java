package io.weir.core.text;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Describes failures in words, because class names mean nothing to users. Thread-safe. */
public final class FailureText {

    private FailureText() {}

    /** Returns the reason of a failure, with the path if it concerns a file. The text may quote untrusted input. */
    public static String of(Throwable failure) {
        String message = failure.getMessage();
        Throwable cause = failure.getCause();
        if (cause != null && (message == null || message.equals(cause.toString()))) {
            return of(cause);
        }
        if (failure instanceof FileSystemException file && file.getFile() != null) {
            return file.getFile() + ": " + reason(file);
        }
        return message == null || message.isBlank() ? words(failure.getClass().getSimpleName()) : message;
    }

    /** Returns the class name as words, for exceptions without a message such as ClosedChannelException. */
    private static String words(String name) {
        return name.replaceFirst("(?<=.)(Exception|Error)$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    /** Returns the reason of a file system failure; the message of some of these exceptions is only the path. */
    private static String reason(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file or directory";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "a file of this name exists";
        }
        if (e instanceof NotDirectoryException) {
            return "this is no directory";
        }
        if (e instanceof DirectoryNotEmptyException) {
            return "the directory is not empty";
        }
        return e.getReason() == null ? "the file system refused it" : e.getReason();
    }
}
