package io.weir.core.text;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Says why something failed, in words: names of classes mean nothing to a user. */
public final class FailureText {

    private FailureText() {}

    /** Returns the reason, with the file where it is about one; it may quote what was found. */
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

    /** Of a class that says all that is known, such as ClosedChannelException. */
    private static String words(String name) {
        return name.replaceFirst("(?<=.)(Exception|Error)$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    /** The message of these exceptions is the file's name alone. */
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
