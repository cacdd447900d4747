package stratakv;

import static stratakv.Checks.equal;
import static stratakv.Checks.holds;
import static stratakv.Checks.throwsA;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tikv.common.BytePairWrapper;
import org.tikv.common.ByteWrapper;
import org.tikv.common.TiConfiguration;
import org.tikv.common.TiSession;
import org.tikv.common.exception.KeyException;
import org.tikv.common.exception.TiBatchWriteException;
import org.tikv.common.util.BackOffer;
import org.tikv.common.util.ConcreteBackOffer;
import org.tikv.shade.com.google.protobuf.ByteString;
import org.tikv.txn.KVClient;
import org.tikv.txn.TwoPhaseCommitter;

/** Timestamps, and transactions put together from the parts of them that client-java has. */
final class TxnApi {
  /** This client asks again for as long even where the answer is final. */
  private static final int BACK_OFF_MS = 5_000;

  /** A lifetime of locks that no check waits out. */
  private static final long LONG_LOCK_MS = 600_000;

  private static final long SHORT_LOCK_MS = 400;

  private final TiSession session;
  private final KVClient client;

  private TxnApi(TiSession session) {
    this.session = session;
    this.client = session.createKVClient();
  }

  static int run(String pd) throws Exception {
    Checks checks = new Checks();
    try (TiSession session = TiSession.create(Main.patient(TiConfiguration.createDefault(pd)))) {
      TxnApi api = new TxnApi(session);
      checks.run("timestamps-grow", api::timestampsGrow);
      checks.run("timestamps-of-many-callers", api::timestampsOfManyCallers);
      checks.run("commit-and-read", api::commitAndRead);
      checks.run("delete", api::delete);
      checks.run("large-transaction", api::largeTransaction);
      checks.run("snapshot-at-old-timestamp", api::oldSnapshot);
      checks.run("batch-get", api::batchGet);
      checks.run("write-conflict", api::writeConflict);
      checks.run("dead-before-commit-is-rolled-back", api::deadBeforeCommit);
      checks.run("dead-after-primary-is-committed", api::deadAfterPrimary);
    }
    return checks.exitCode();
  }

  private static ByteString key(String area, int i) {
    return ByteString.copyFromUtf8(String.format("txn/%s/%06d", area, i));
  }

  private static ByteString value(int i) {
    return ByteString.copyFromUtf8("value of " + i);
  }

  private static List<Pair> pairs(String area, int count, int valuesFrom) {
    return IntStream.range(0, count).mapToObj(i -> new Pair(key(area, i), value(valuesFrom + i))).toList();
  }

  private BackOffer backOffer() {
    return ConcreteBackOffer.newCustomBackOff(BACK_OFF_MS, session.getPDClient().getClusterId());
  }

  /** Each of these opens a stream of timestamps, asks once, half-closes it and wants its end after the one answer. */
  private long now() {
    return session.getTimestamp().getVersion();
  }

  /** A transaction in its steps. The first pair is the primary; an empty value deletes. */
  private final class Txn implements AutoCloseable {
    private final long startTs;
    private final List<Pair> pairs;
    private final TwoPhaseCommitter committer;

    Txn(List<Pair> pairs, long lockMs) {
      this.startTs = now();
      this.pairs = pairs;
      this.committer = new TwoPhaseCommitter(session, startTs, lockMs);
    }

    void prewrite() {
      byte[] primary = pairs.get(0).key().toByteArray();
      committer.prewritePrimaryKey(backOffer(), primary, pairs.get(0).value().toByteArray());
      if (pairs.size() > 1) {
        Stream<BytePairWrapper> secondaries =
            pairs.stream()
                .skip(1)
                .map(pair -> new BytePairWrapper(pair.key().toByteArray(), pair.value().toByteArray()));
        committer.prewriteSecondaryKeys(primary, secondaries.iterator(), BACK_OFF_MS);
      }
    }

    long commitPrimary() {
      long commitTs = now();
      committer.commitPrimaryKey(backOffer(), pairs.get(0).key().toByteArray(), commitTs);
      return commitTs;
    }

    void commit() {
      prewrite();
      long commitTs = commitPrimary();
      if (pairs.size() > 1) {
        Stream<ByteWrapper> secondaries = pairs.stream().skip(1).map(pair -> new ByteWrapper(pair.key().toByteArray()));
        committer.commitSecondaryKeys(secondaries.iterator(), commitTs, BACK_OFF_MS);
      }
    }

    @Override
    public void close() throws Exception {
      committer.close();
    }
  }

  private void commit(List<Pair> pairs) throws Exception {
    try (Txn txn = new Txn(pairs, LONG_LOCK_MS)) {
      txn.commit();
    }
  }

  private List<Pair> scan(String area, long version) {
    return Pair.of(client.scan(key(area, 0), key(area, 999_999), version));
  }

  private void timestampsGrow() {
    long last = 0;
    for (int i = 0; i < 200; i++) {
      long next = now();
      holds("a timestamp went back", next > last);
      last = next;
    }
  }

  private void timestampsOfManyCallers() {
    List<CompletableFuture<List<Long>>> callers = new ArrayList<>();
    for (int caller = 0; caller < 8; caller++) {
      callers.add(CompletableFuture.supplyAsync(() -> Stream.generate(this::now).limit(50).toList()));
    }
    Set<Long> all = new HashSet<>();
    for (CompletableFuture<List<Long>> caller : callers) {
      List<Long> own = caller.join();
      equal("a caller's timestamps in order", own.stream().sorted().toList(), own);
      all.addAll(own);
    }
    equal("different timestamps", 400, all.size());
  }

  private void commitAndRead() throws Exception {
    List<Pair> pairs = pairs("commit", 10, 0);
    commit(pairs);
    equal("scan", pairs, scan("commit", now()));
    equal("get", value(3), client.get(key("commit", 3), now()));
    // This client shows a missing key as an empty value.
    equal("missing", ByteString.EMPTY, client.get(key("commit", 10), now()));
    equal("snapshot", value(4), session.createSnapshot().get(key("commit", 4)));
  }

  private void delete() throws Exception {
    commit(pairs("delete", 3, 0));
    commit(List.of(new Pair(key("delete", 0), ByteString.EMPTY), new Pair(key("delete", 2), ByteString.EMPTY)));
    equal("left", List.of(new Pair(key("delete", 1), value(1))), scan("delete", now()));
  }

  private void largeTransaction() throws Exception {
    List<Pair> pairs = pairs("large", 5_000, 0);
    commit(pairs);
    holds("5,000 keys read back as committed", pairs.equals(scan("large", now())));
  }

  private void oldSnapshot() throws Exception {
    List<Long> before = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      before.add(now());
      commit(pairs("snapshot", 2, 10 * i));
    }
    equal("before the first write", List.of(), scan("snapshot", before.get(0)));
    for (int i = 1; i < 5; i++) {
      equal("before write " + i, pairs("snapshot", 2, 10 * (i - 1)), scan("snapshot", before.get(i)));
    }
  }

  private void batchGet() throws Exception {
    List<Pair> pairs = pairs("batch", 2_000, 0);
    commit(pairs);
    List<ByteString> asked = new ArrayList<>(pairs.stream().map(Pair::key).toList());
    asked.add(key("batch", 9_999));
    List<Pair> got = new ArrayList<>(Pair.of(client.batchGet(backOffer(), asked, now())));
    got.removeIf(pair -> pair.value().isEmpty());
    got.sort((a, b) -> ByteString.unsignedLexicographicalComparator().compare(a.key(), b.key()));
    equal("batch get", pairs, got);
  }

  private void writeConflict() throws Exception {
    try (Txn late = new Txn(pairs("conflict", 1, 2), LONG_LOCK_MS)) {
      commit(pairs("conflict", 1, 1));
      throwsA(TiBatchWriteException.class, "a prewrite behind a commit", late::prewrite);
    }
    equal("after the conflict", pairs("conflict", 1, 1), scan("conflict", now()));
  }

  private void deadBeforeCommit() throws Exception {
    List<Pair> old = pairs("dead", 3, 0);
    commit(old);
    try (Txn dead = new Txn(pairs("dead", 3, 100), SHORT_LOCK_MS)) {
      dead.prewrite();
      TimeUnit.MILLISECONDS.sleep(2 * SHORT_LOCK_MS);
      equal("scan over dead locks", old, scan("dead", now()));
      equal("get", value(0), client.get(key("dead", 0), now()));
      throwsA(KeyException.class, "the commit of what was rolled back", dead::commitPrimary);
    }
    commit(pairs("dead", 3, 200));
    equal("written again", pairs("dead", 3, 200), scan("dead", now()));
  }

  private void deadAfterPrimary() throws Exception {
    commit(pairs("primary", 3, 0));
    List<Pair> pairs = pairs("primary", 3, 100);
    try (Txn dead = new Txn(pairs, LONG_LOCK_MS)) {
      dead.prewrite();
      dead.commitPrimary();
    }
    equal("scan over locks of a committed transaction", pairs, scan("primary", now()));
  }
}
