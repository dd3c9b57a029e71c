package dev.certkit.tokens;

import dev.certkit.peers.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Runs each test of a class in a Java of its own, with a new token as its one argument. */
public final class TokenJvm implements ParameterResolver, InvocationInterceptor {
    private static final String PASSED = "the test in the other Java has passed";

    /** The Java of this test may write no octet to a file, as if the disk were full. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface DiskFull {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SoftToken.class;
    }

    @Override
    public SoftToken resolveParameter(ParameterContext parameter, ExtensionContext context) {
        try {
            return SoftToken.madeIn(Files.createTempDirectory("token"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> test, ExtensionContext context)
            throws IOException {
        invocation.skip();
        SoftToken token = (SoftToken) test.getArguments().get(0);
        Peer.Result result = Peer.require("sh")
                .with("SOFTHSM2_CONF", token.configuration().toString())
                .run(token.directory(), command(token, test.getExecutable()));
        token.remove();
        if (!result.out().contains(PASSED)) {
            throw new AssertionError(result.out() + result.err());
        }
    }

    private static String[] command(SoftToken token, Method test) {
        String limit = test.isAnnotationPresent(DiskFull.class) ? "ulimit -f 0; " : "";
        // through a pipe: what the test prints would run into its own limit, too
        List<String> command = new ArrayList<>(List.of("-c", "(" + limit + "exec \"$@\" 2>&1) | cat", "sh"));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path"),
                TokenJvm.class.getName(),
                token.library().toString(),
                token.directory().toString(),
                Long.toString(token.slot()),
                test.getDeclaringClass().getName(),
                test.getName()));
        return command.toArray(String[]::new);
    }

    /** In the new Java: library, directory, slot, class and method. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        SoftToken token = new SoftToken(Path.of(arguments[0]), Path.of(arguments[1]), Long.parseLong(arguments[2]));
        Constructor<?> constructor = Class.forName(arguments[3]).getDeclaredConstructor();
        constructor.setAccessible(true);
        Method test = constructor.getDeclaringClass().getDeclaredMethod(arguments[4], SoftToken.class);
        test.setAccessible(true);
        try {
            test.invoke(constructor.newInstance(), token);
            System.out.println(PASSED);
        } catch (InvocationTargetException e) {
            e.getCause().printStackTrace(System.out);
        }
        System.exit(0);
    }
}
