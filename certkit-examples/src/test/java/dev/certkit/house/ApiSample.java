package dev.certkit.house;

import java.io.IOException;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1Sequence;

/** Made up for {@link PublicApiTest}, and public as a module's types are. */
public final class ApiSample {
    private ApiSample() {}

    static class Hidden {
        public ASN1Sequence leak(String... names) throws IOException {
            throw new IOException(String.join(",", names));
        }
    }

    public static final class Visible extends Hidden {
        void secret() {}
    }

    public sealed interface Shape permits Dot {
        <T extends Comparable<T>> T fold(Function<? super byte[], T> mapping);

        default String title() {
            return "shape";
        }
    }

    public record Dot(int x) implements Shape {
        @Override
        public <T extends Comparable<T>> T fold(Function<? super byte[], T> mapping) {
            return mapping.apply(new byte[x]);
        }
    }

    public enum Tone {
        LOW,
        HIGH
    }
}
