package dev.certkit.shelf;

import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

@Tag("T1")
class IdentityProperties {
    @Provide
    Arbitrary<List<IdentityModel.Try>> lives() {
        return Arbitraries.of(IdentityModel.Try.class).list().ofMinSize(1).ofMaxSize(15);
    }

    @Property(tries = 200)
    void whateverIsTriedTheStateIsWhatTheModelSaysAndNoKeyIsLost(@ForAll("lives") List<IdentityModel.Try> life)
            throws IOException {
        IdentityModel model = new IdentityModel();
        for (IdentityModel.Try step : life) {
            model.attempt(step);
        }
    }
}
