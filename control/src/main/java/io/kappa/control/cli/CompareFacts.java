package io.kappa.control.cli;

import io.kappa.control.compare.Comparison;
import io.kappa.control.compare.TableReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A comparison as other programs read it. */
final class CompareFacts {

  private CompareFacts() {}

  static Map<String, Object> of(
      Comparison comparison, List<TableReport> tables, Optional<String> expired) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("job", comparison.candidate().job().value());
    facts.put("candidate", comparison.candidate().number());
    facts.put("baseline", comparison.baseline());
    facts.put("leg", comparison.leg());
    facts.put("fence", comparison.fence().offsets());
    facts.put("comparedAt", comparison.at().toString());
    facts.put("expectedBy", comparison.expectedBy());
    facts.put("expectations", comparison.expectedSha256());
    facts.put("verdict", comparison.verdict().outcome());
    facts.put("reasons", comparison.verdict().reasons());
    facts.put("expired", expired.orElse(null));
    facts.put("identical", comparison.report().isIdentical());
    facts.put("added", comparison.report().added());
    facts.put("gone", comparison.report().gone());
    facts.put("rekeyed", comparison.report().rekeyed());
    facts.put("tables", tables);
    facts.put("checks", comparison.report().checks());
    return facts;
  }
}
