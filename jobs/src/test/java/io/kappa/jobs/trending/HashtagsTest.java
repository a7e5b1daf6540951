package io.kappa.jobs.trending;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashtagsTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "'nothing here', none",
        "'#flink', flink",
        "'on #Flink, #KAFKA and #flink!', flink kafka",
        "'(#a1) #1a #2024 #_ # ##x', a1 1a",
        "'a#b &#39; user@x#y', none",
        "'#Straße #STRASSE', strasse",
        "'#ΟΔΟΣ #οδός #οδος', οδος οδός",
        "'＃ｗｉｄｅ', wide",
        "'#日本語 #हिन्दी', 日本語 हिन्दी",
        "'#one#two', one"
      })
  void tagsAreFoldedAndEachIsThereOnce(String text, String tags) {
    assertThat(String.join(" ", Hashtags.in(text))).isEqualTo(tags == null ? "" : tags);
    assertThat(Hashtags.in(text)).containsExactlyElementsOf(TrendingOracle.tags(text));
    assertThat(Hashtags.isIn(text)).isEqualTo(tags != null);
  }

  @Test
  void accentsAreTheSameHoweverTheyAreWritten() {
    assertThat(Hashtags.in("#\u00e9t\u00e9 #e\u0301te\u0301")).containsExactly("\u00e9t\u00e9");
  }

  @Test
  void aTagThatIsTooLongIsNone() {
    assertThat(Hashtags.in("#" + "a".repeat(Hashtags.LONGEST))).hasSize(1);
    assertThat(Hashtags.in("#" + "a".repeat(Hashtags.LONGEST + 1))).isEmpty();
  }

  @Test
  void ofVeryManyTagsTheFirstCount() {
    String many = IntStream.range(0, 100).mapToObj(i -> "#t" + i).collect(Collectors.joining(" "));

    assertThat(Hashtags.in(many)).hasSize(Hashtags.MOST_OF_A_POST).first().isEqualTo("t0");
  }
}
