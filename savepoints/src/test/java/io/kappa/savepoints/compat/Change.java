package io.kappa.savepoints.compat;

import java.util.List;

/**
 * A change of the test's job, what the verdict on it has to be, and what Flink makes of it.
 *
 * @param edits pairs of what is replaced in the job's text and by what
 */
record Change(String name, Verdict verdict, Restored restored, List<String> edits) {

  /** What becomes of the job when Flink restores it. */
  enum Restored {
    /** It goes on as if nothing had happened. */
    RIGHT,
    /** It goes on, and something of its state is gone. */
    WITH_A_LOSS,
    /** Flink doesn't let it. */
    NOT_AT_ALL
  }

  static Change of(String name, Verdict verdict, Restored restored, String... edits) {
    return new Change(name, verdict, restored, List.of(edits));
  }

  /** All that tests try. */
  static List<Change> all() {
    return List.of(
        of("none", Verdict.SAME, Restored.RIGHT),
        of(
            "an operator's name, which nothing hangs on",
            Verdict.SAME,
            Restored.RIGHT,
            ".name(\"counting\")",
            ".name(\"counts\")"),
        of(
            "a field added",
            Verdict.MIGRATABLE,
            Restored.RIGHT,
            "public int count;",
            "public int count;\n    public String note;"),
        of(
            "a field removed",
            Verdict.MIGRATABLE,
            Restored.RIGHT,
            "    public int count;\n",
            "",
            "      now.count++;\n",
            "",
            "                  now.count,\n",
            "                  kept,\n"),
        of(
            "a field retyped",
            Verdict.INCOMPATIBLE,
            Restored.NOT_AT_ALL,
            "public int count;",
            "public long count;"),
        of(
            "a field renamed",
            Verdict.MIGRATABLE,
            Restored.WITH_A_LOSS,
            "public int count;",
            "public int counted;",
            "now.count",
            "now.counted"),
        of(
            "a field added to a class within",
            Verdict.MIGRATABLE,
            Restored.RIGHT,
            "public long largest;",
            "public long largest;\n    public long smallest;"),
        of(
            "a component added to a record",
            Verdict.MIGRATABLE,
            Restored.RIGHT,
            "record Pair(long first, long last) {}",
            "record Pair(long first, long last, String note) {}",
            "pair.first(), number));",
            "pair.first(), number, null));"),
        of(
            "a state class renamed",
            Verdict.INCOMPATIBLE,
            Restored.NOT_AT_ALL,
            "class Total ",
            "class Sum ",
            "Total now",
            "Sum now",
            "new Total()",
            "new Sum()",
            "ValueState<Total>",
            "ValueState<Sum>",
            "Total.class",
            "Sum.class"),
        of(
            "a class within renamed",
            Verdict.INCOMPATIBLE,
            Restored.NOT_AT_ALL,
            "class Inner ",
            "class Part ",
            "new Inner()",
            "new Part()",
            "public Inner inner",
            "public Part inner",
            "Inner part",
            "Part part",
            "MapState<String, Inner>",
            "MapState<String, Part>",
            "Inner.class",
            "Part.class"),
        of(
            "a constant added at the end",
            Verdict.SAME,
            Restored.RIGHT,
            "    WORRIED\n",
            "    WORRIED,\n    CALM\n"),
        of(
            "a constant removed",
            Verdict.INCOMPATIBLE,
            Restored.NOT_AT_ALL,
            "    FINE,\n    WORRIED\n",
            "    FINE\n",
            "number % 8 < 4 ? Mood.FINE : Mood.WORRIED",
            "Mood.FINE"),
        of(
            "a state added",
            Verdict.ADDED,
            Restored.RIGHT,
            "    public void open(OpenContext context) {\n      total =",
            """
                public void open(OpenContext context) {
                  getRuntimeContext().getState(new ValueStateDescriptor<>("more", Types.LONG));
                  total ="""),
        of("a state renamed", Verdict.REMOVED, Restored.WITH_A_LOSS, "\"total\"", "\"totals\""),
        of(
            "a state of another kind",
            Verdict.INCOMPATIBLE,
            Restored.NOT_AT_ALL,
            "ValueState<Long> texts",
            "ListState<Long> texts",
            "getState(new ValueStateDescriptor<>(\"texts\", Types.LONG))",
            "getListState(new ListStateDescriptor<>(\"texts\", Types.LONG))",
            "texts.value() == null ? 1 : texts.value() + 1",
            "1",
            "texts.update(number)",
            "texts.add(number)"),
        of(
            "a list's elements retyped",
            Verdict.INCOMPATIBLE,
            Restored.NOT_AT_ALL,
            "ListState<Long> recent",
            "ListState<String> recent",
            "(\"recent\", Types.LONG)",
            "(\"recent\", Types.STRING)",
            "recent.add(number)",
            "recent.add(\"\" + number)",
            "for (Long each : recent.get())",
            "for (String each : recent.get())"),
        of(
            "a map's keys retyped",
            Verdict.INCOMPATIBLE,
            Restored.NOT_AT_ALL,
            "MapState<String, Inner>",
            "MapState<Integer, Inner>",
            "(\"parts\", Types.STRING,",
            "(\"parts\", Types.INT,",
            "\"all\"",
            "1"),
        of(
            "the key retyped",
            Verdict.INCOMPATIBLE,
            Restored.NOT_AT_ALL,
            "keyBy(number -> number % 4, Types.LONG)",
            "keyBy(number -> \"\" + number % 4, Types.STRING)",
            "KeyedProcessFunction<Long, Long, String>",
            "KeyedProcessFunction<String, Long, String>"),
        of(
            "a subtask's list retyped",
            Verdict.INCOMPATIBLE,
            Restored.NOT_AT_ALL,
            "ListState<Long> seen",
            "ListState<String> seen",
            "(\"seen\", Types.LONG)",
            "(\"seen\", Types.STRING)",
            "for (Long each : seen.get()) {\n        count += each;",
            "for (String each : seen.get()) {\n        count += each.length();",
            "List.of(count)",
            "List.of(\"\" + count)"),
        of(
            "a uid changed",
            Verdict.REMOVED,
            Restored.NOT_AT_ALL,
            ".uid(\"counting\")",
            ".uid(\"counts\")"),
        of(
            "an operator removed",
            Verdict.REMOVED,
            Restored.NOT_AT_ALL,
            "\n        .filter(text -> true)\n        .uid(\"passing-on\")\n        .keyBy(text -> text.substring(0, 1), Types.STRING)\n        .process(new Remembering())\n        .returns(Types.STRING)\n        .uid(\"remembering\");",
            ";"),
        of(
            "an operator added",
            Verdict.ADDED,
            Restored.RIGHT,
            ".uid(\"remembering\");",
            ".uid(\"remembering\").keyBy(text -> text.substring(0, 1), Types.STRING).filter(new Passing()).uid(\"passing\");",
            "  static class Remembering",
            """
              static class Passing extends org.apache.flink.api.common.functions.RichFilterFunction<String> {
                @Override public void open(OpenContext context) {
                  getRuntimeContext().getState(new ValueStateDescriptor<>("passed", Types.LONG));
                }
                @Override public boolean filter(String text) { return true; }
              }

              static class Remembering"""),
        of(
            "another max parallelism",
            Verdict.INCOMPATIBLE,
            Restored.NOT_AT_ALL,
            ".uid(\"counting\")",
            ".uid(\"counting\").setMaxParallelism(20)"),
        of(
            "another max parallelism of an operator without state",
            Verdict.INCOMPATIBLE,
            Restored.NOT_AT_ALL,
            ".uid(\"passing-on\")",
            ".uid(\"passing-on\").disableChaining().setMaxParallelism(20)"),
        of(
            "Kryo where there was none",
            Verdict.INCOMPATIBLE,
            Restored.NOT_AT_ALL,
            "  public static class Total {\n",
            """
              public static class Total {
                private Total(int nothing) {}

                static Total empty() {
                  return new Total(0);
                }

            """,
            "new Total()",
            "Total.empty()"));
  }

  @Override
  public String toString() {
    return name;
  }
}
