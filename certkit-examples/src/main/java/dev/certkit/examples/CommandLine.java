package dev.certkit.examples;

import dev.certkit.examples.Arguments.UsageException;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;

/** How a command is begun and how it ends: what went wrong is told, and shown by the exit status. */
final class CommandLine {
    private CommandLine() {}

    /** What a command does. */
    interface Command {
        int run(Terminal terminal, Arguments arguments) throws IOException, UsageException;
    }

    /**
     * Gives what the command gives, 1 if it was refused or failed, 2 if the command line is wrong.
     *
     * @param usage its second word is the name of the command
     */
    static int run(String usage, List<String> line, Terminal terminal, Command command) {
        String name = usage.split(" ", 3)[1];
        try {
            return command.run(terminal, Arguments.parse(line));
        } catch (UsageException e) {
            terminal.err().println(name + ": " + e.getMessage());
            terminal.err().print(usage);
            return 2;
        } catch (IOException | IllegalStateException | IllegalArgumentException | NoSuchElementException e) {
            terminal.err().println(name + ": " + e.getMessage());
            return 1;
        }
    }
}
