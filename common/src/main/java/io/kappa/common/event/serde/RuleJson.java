package io.kappa.common.event.serde;

import static io.kappa.common.event.serde.FieldReader.required;

import io.kappa.common.event.Rule;
import java.io.IOException;
import java.util.Optional;

/** {@link Rule} as JSON. */
final class RuleJson extends JsonCodec<Rule> {

  private static final long serialVersionUID = 1L;

  @Override
  Rule read(FieldReader in) throws IOException, Rejection {
    String ruleId = null;
    String kind = null;
    String parameters = null;
    Long effectiveFrom = null;
    Long effectiveTo = null;
    while (in.next()) {
      switch (in.name()) {
        case "ruleId" -> ruleId = in.id(ruleId);
        case "kind" -> kind = in.id(kind);
        case "parameters" -> parameters = in.object(parameters);
        case "effectiveFrom" -> effectiveFrom = in.moment(effectiveFrom);
        case "effectiveTo" -> effectiveTo = in.moment(effectiveTo);
        default -> in.skip();
      }
    }
    Rule rule =
        new Rule(
            required("ruleId", ruleId),
            required("kind", kind),
            required("parameters", parameters),
            required("effectiveFrom", effectiveFrom),
            effectiveTo);
    if (effectiveTo != null && effectiveTo < effectiveFrom) {
      throw Rejection.absurd(
          "effectiveTo",
          effectiveTo.toString(),
          "%d (effectiveFrom) or later".formatted(effectiveFrom));
    }
    return rule;
  }

  @Override
  void write(Rule event, FieldWriter out) throws IOException {
    out.text("ruleId", event.ruleId());
    out.text("kind", event.kind());
    out.json("parameters", event.parameters());
    out.number("effectiveFrom", event.effectiveFrom());
    out.number("effectiveTo", event.effectiveTo());
  }

  @Override
  public Optional<String> key(Rule event) {
    return Optional.of(event.ruleId());
  }
}
