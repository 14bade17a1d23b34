package dev.birthmark.credential.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birthmark.credential.encoding.MalformedException;
import dev.birthmark.credential.encoding.Octets;
import dev.birthmark.credential.pkix.KeyRefusedException;
import dev.birthmark.credential.pkix.Sha256;
import dev.birthmark.credential.pkix.SubjectPublicKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
  private static final String ORIGIN = "identity.example/sites/berlin";
  private static final TestKey KEY = TestKey.generate("Ed25519");
  private static final NoteKey LOG = new NoteKey(ORIGIN, KEY.publicKey());
  private static final CosignerKey COSIGNER =
      new CosignerKey("identity.example/cosigner", KEY.publicKey());
  private static final Checkpoint CHECKPOINT =
      new Checkpoint(ORIGIN, 20_852_163, Sha256.of(new byte[] {1}));

  /** From the documentation of golang.org/x/mod/sumdb/note. */
  private static final String KNOWN_NOTE =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.

      — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
      """;

  private static final String KNOWN_KEY =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

  @Test
  void verifiesTheNoteOfTheGoDocumentation() throws Exception {
    NoteKey key = new NoteKey("PeterNeumann", key(KNOWN_KEY));
    assertThat(key.verifierKey()).isEqualTo(KNOWN_KEY);
    SignedNote note = SignedNote.parse(KNOWN_NOTE);
    assertThat(key.signed(note, TestKey.VERIFIER)).isTrue();
    assertThat(note.toString()).isEqualTo(KNOWN_NOTE);
    SignedNote changed = SignedNote.parse(KNOWN_NOTE.replace("answer", "anwser"));
    assertThat(key.signed(changed, TestKey.VERIFIER)).isFalse();
  }

  @Test
  void signsWithANameAndIgnoresStrangers() throws Exception {
    SignedNote note = LOG.sign(CHECKPOINT.text(), KEY);
    SignedNote read = SignedNote.parse(note.encode());
    assertThat(read).isEqualTo(note);
    assertThat(Checkpoint.parse(read.text())).isEqualTo(CHECKPOINT);
    assertThat(LOG.signed(read, TestKey.VERIFIER)).isTrue();
    NoteKey sameName = new NoteKey(ORIGIN, TestKey.generate("Ed25519").publicKey());
    assertThat(sameName.signed(read, TestKey.VERIFIER)).isFalse();
    NoteKey sameKey = new NoteKey(ORIGIN + "/2", KEY.publicKey());
    assertThat(sameKey.signed(read, TestKey.VERIFIER)).isFalse();
    SignedNote withStranger =
        read.with(new NoteSignature("stranger", 1, new Octets(new byte[] {1})));
    assertThat(LOG.signed(withStranger, TestKey.VERIFIER)).isTrue();
  }

  @Test
  void refusesANoteOfWhichOneLineOfTheKeyDoesNotHold() {
    SignedNote note = LOG.sign(CHECKPOINT.text(), KEY);
    NoteSignature bad = new NoteSignature(ORIGIN, LOG.id(), new Octets(new byte[64]));
    SignedNote both = new SignedNote(note.text(), List.of(note.signatures().get(0), bad));
    assertThat(LOG.signed(both, TestKey.VERIFIER)).isFalse();
  }

  @Test
  void cosignsWithTheTimeOnceForEachKey() throws Exception {
    Instant first = Instant.parse("2026-01-01T00:00:00Z");
    Instant second = first.plusSeconds(60);
    SignedNote note = LOG.sign(CHECKPOINT.text(), KEY);
    assertThat(COSIGNER.cosigned(note, TestKey.VERIFIER)).isEmpty();
    SignedNote once = COSIGNER.cosign(note, first, KEY);
    SignedNote twice = COSIGNER.cosign(once, second, KEY);
    assertThat(COSIGNER.cosigned(once, TestKey.VERIFIER)).contains(first);
    assertThat(COSIGNER.cosigned(twice, TestKey.VERIFIER)).contains(second);
    assertThat(twice.signatures()).hasSize(2);
    assertThat(LOG.signed(SignedNote.parse(twice.toString()), TestKey.VERIFIER)).isTrue();
    SignedNote other =
        new SignedNote(new Checkpoint(ORIGIN, 5, CHECKPOINT.root()).text(), once.signatures());
    assertThat(COSIGNER.cosigned(other, TestKey.VERIFIER)).isEmpty();
    assertThat(LOG.id()).isNotEqualTo(COSIGNER.id());
  }

  @Test
  void signsOnlyWithTheKeyItself() {
    assertThatThrownBy(() -> LOG.sign(CHECKPOINT.text(), TestKey.generate("Ed25519")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new NoteKey(ORIGIN, TestKey.generate("EC").publicKey()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text\n",
        "text\n\n",
        "text\n\n— name AAAAAAA=",
        "text\n\n- name AAAAAAA=\n",
        "text\n\n—  AAAAAAA=\n",
        "text\n\n— name AAAAAA==\n",
        "text\n\n— name AAAAAAB=\n",
        "text\n\n— name AAAAAAA\n",
        "text\n\n— name AAAA AAA=\n",
        "text\n\n— na+me AAAAAAA=\n",
        "text\n\n— na\u00a0me AAAAAAA=\n",
        "te\rxt\n\n— name AAAAAAA=\n",
        "text\n\n— name AAAAAAA=\ntext\n",
      })
  void refusesWhatIsNoNote(String note) {
    assertThatThrownBy(() -> SignedNote.parse(note)).isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesANoteThatIsNotUtf8OrTooLong() {
    assertThatThrownBy(() -> SignedNote.parse(new byte[] {(byte) 0xE2, (byte) 0x80}))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> SignedNote.parse(new byte[SignedNote.MAX_LENGTH + 1]))
        .isInstanceOf(MalformedException.class);
    String line = "— name AAAAAAA=\n";
    assertThatThrownBy(() -> SignedNote.parse("text\n\n" + line.repeat(65)))
        .isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "o.example\n05\nSwSxWZVbLqDBfuqFdDJ+R7RMYZM8yTuDdnlBiBYK0bA=\n",
        "o.example\n+5\nSwSxWZVbLqDBfuqFdDJ+R7RMYZM8yTuDdnlBiBYK0bA=\n",
        "o.example\n4294967297\nSwSxWZVbLqDBfuqFdDJ+R7RMYZM8yTuDdnlBiBYK0bA=\n",
        "o.example\n0\nSwSxWZVbLqDBfuqFdDJ+R7RMYZM8yTuDdnlBiBYK0bA=\n",
        "o.example\n5\nSwSxWZVbLqDBfuqFdDJ+R7RMYZM8yTuDdnlBiBYK0bB=\n",
        "o.example\n5\nSwSxWZVbLqDBfuqFdDJ+R7RMYZM8yTuDdnlBiBYK0bA\n",
        "o.example\n5\nSwSx\n",
        "o.example\n5\nSwSxWZVbLqDBfuqFdDJ+R7RMYZM8yTuDdnlBiBYK0bA=\nextension\n",
        "o.example\n5\nSwSxWZVbLqDBfuqFdDJ+R7RMYZM8yTuDdnlBiBYK0bA=",
        "o example\n5\nSwSxWZVbLqDBfuqFdDJ+R7RMYZM8yTuDdnlBiBYK0bA=\n",
        "\n5\nSwSxWZVbLqDBfuqFdDJ+R7RMYZM8yTuDdnlBiBYK0bA=\n",
      })
  void refusesACheckpointInAnotherSpelling(String text) {
    assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(MalformedException.class);
  }

  @Test
  void carriesAProofAwayFromTheLog() throws Exception {
    List<byte[]> entries = NaiveTree.entries(7);
    Growth growth = RightEdge.empty().append(NaiveTree.leaves(entries));
    Checkpoint head = new Checkpoint(ORIGIN, 7, growth.after().root());
    TlogProof proof = TlogProof.of(growth.inclusion(4), LOG.sign(head.text(), KEY));
    TlogProof read = TlogProof.parse(proof.text());
    assertThat(read).isEqualTo(proof);
    assertThat(read.text()).startsWith("c2sp.org/tlog-proof@v1\nindex 4\n");
    assertThat(read.verify(entries.get(4), LOG, TestKey.VERIFIER)).isTrue();
    assertThat(read.verify(entries.get(5), LOG, TestKey.VERIFIER)).isFalse();
    NoteKey other = new NoteKey("other.example", KEY.publicKey());
    assertThat(read.verify(entries.get(4), other, TestKey.VERIFIER)).isFalse();
    String text = proof.text();
    for (String bad :
        List.of(
            text.replace("@v1", "@v2"),
            text.replace("index 4", "index 04"),
            text.replace("index 4", "index 7"),
            text.replace("index 4\n", ""),
            text.replace("index 4\n", "index 4\nextra AAAA\n"),
            text.replace("index 4\n", "index 4\nAAAA\n"),
            text.replaceFirst("\n\n", "\n"),
            "\n" + text)) {
      assertThatThrownBy(() -> TlogProof.parse(bad)).isInstanceOf(MalformedException.class);
    }
    TlogProof withExtra = TlogProof.parse(text.replace("index 4\n", "extra AAAA\nindex 4\n"));
    assertThat(withExtra.extra()).contains(new Octets(new byte[3]));
  }

  @Test
  void namesLogsByTheirOrigins() {
    assertThat(LogOrigin.ordinal(ORIGIN, 1)).isEqualTo(ORIGIN);
    assertThat(LogOrigin.ordinal(ORIGIN, 2)).isEqualTo(ORIGIN + "/2");
    assertThat(LogOrigin.extendsOrigin(ORIGIN + "/2", ORIGIN)).isTrue();
    assertThat(LogOrigin.extendsOrigin(ORIGIN + "-2", ORIGIN)).isFalse();
    byte[] hash = Sha256.of(ORIGIN.getBytes(StandardCharsets.UTF_8)).bytes();
    assertThat(LogId.of(ORIGIN).hex()).isEqualTo(HexFormat.of().formatHex(hash, 0, 8));
    for (String bad :
        List.of("", "a b", "a+b", "https://a", "a/", "/a", "a//b", "ä", "x".repeat(256))) {
      assertThat(LogOrigin.isValid(bad)).as(bad).isFalse();
    }
  }

  private static SubjectPublicKey key(String verifierKey) throws KeyRefusedException {
    byte[] typed = Base64.getDecoder().decode(verifierKey.split("\\+", 3)[2]);
    String raw = HexFormat.of().formatHex(typed, 1, typed.length);
    return SubjectPublicKey.parse(HexFormat.of().parseHex("302a300506032b6570032100" + raw));
  }
}
