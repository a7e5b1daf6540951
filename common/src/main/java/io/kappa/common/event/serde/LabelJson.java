package io.kappa.common.event.serde;

import static io.kappa.common.event.serde.FieldReader.required;

import io.kappa.common.event.Label;
import java.io.IOException;
import java.util.Optional;

/** {@link Label} as JSON. */
final class LabelJson extends JsonCodec<Label> {

  private static final long serialVersionUID = 1L;

  @Override
  Label read(FieldReader in) throws IOException, Rejection {
    String transactionId = null;
    String accountId = null;
    Boolean fraud = null;
    Long at = null;
    while (in.next()) {
      switch (in.name()) {
        case "transactionId" -> transactionId = in.id(transactionId);
        case "accountId" -> accountId = in.id(accountId);
        case "fraud" -> fraud = in.flag(fraud);
        case "at" -> at = in.moment(at);
        default -> in.skip();
      }
    }
    return new Label(
        required("transactionId", transactionId),
        required("accountId", accountId),
        required("fraud", fraud),
        required("at", at));
  }

  @Override
  void write(Label event, FieldWriter out) throws IOException {
    out.text("transactionId", event.transactionId());
    out.text("accountId", event.accountId());
    out.flag("fraud", event.fraud());
    out.number("at", event.at());
  }

  @Override
  public Optional<String> key(Label event) {
    return Optional.of(event.accountId());
  }
}
