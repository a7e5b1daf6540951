package io.kappa.common.event.serde;

import static io.kappa.common.event.serde.FieldReader.required;

import io.kappa.common.event.Transaction;
import java.io.IOException;
import java.util.Currency;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@link Transaction} as JSON. */
final class TransactionJson extends JsonCodec<Transaction> {

  private static final long serialVersionUID = 1L;

  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  @Override
  Transaction read(FieldReader in) throws IOException, Rejection {
    String transactionId = null;
    String accountId = null;
    String terminalId = null;
    Long amountCents = null;
    String currency = null;
    Long at = null;
    while (in.next()) {
      switch (in.name()) {
        case "transactionId" -> transactionId = in.id(transactionId);
        case "accountId" -> accountId = in.id(accountId);
        case "terminalId" -> terminalId = in.id(terminalId);
        case "amountCents" -> amountCents = in.amount(amountCents);
        case "currency" -> currency = currency(in.id(currency));
        case "at" -> at = in.moment(at);
        default -> in.skip();
      }
    }
    return new Transaction(
        required("transactionId", transactionId),
        required("accountId", accountId),
        required("terminalId", terminalId),
        required("amountCents", amountCents),
        required("currency", currency),
        required("at", at));
  }

  private static String currency(String code) throws Rejection {
    if (code != null && !CURRENCIES.contains(code)) {
      throw Rejection.absurd("currency", code, "a code of ISO 4217, such as EUR");
    }
    return code;
  }

  @Override
  void write(Transaction event, FieldWriter out) throws IOException {
    out.text("transactionId", event.transactionId());
    out.text("accountId", event.accountId());
    out.text("terminalId", event.terminalId());
    out.number("amountCents", event.amountCents());
    out.text("currency", event.currency());
    out.number("at", event.at());
  }

  @Override
  public Optional<String> key(Transaction event) {
    return Optional.of(event.accountId());
  }
}
