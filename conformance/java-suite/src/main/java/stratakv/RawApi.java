package stratakv;

import static stratakv.Checks.equal;
import static stratakv.Checks.holds;
import static stratakv.Checks.throwsA;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.tikv.common.TiConfiguration;
import org.tikv.common.TiSession;
import org.tikv.common.exception.RawCASConflictException;
import org.tikv.common.exception.TiKVException;
import org.tikv.common.util.ScanOption;
import org.tikv.raw.RawKVClient;
import org.tikv.shade.com.google.protobuf.ByteString;

/** The raw API as an application sees it. */
final class RawApi {
  /** More than one of the client's batches, which end at 16 KiB or 1,024 keys. */
  private static final int MANY_KEYS = 1_200;

  /** {@code storage.max-key-size}, which a raw key may reach but not pass. */
  private static final int KEY_BYTES_MAX = 8_192;

  private final RawKVClient client;

  private RawApi(RawKVClient client) {
    this.client = client;
  }

  static int run(String pd) throws Exception {
    Checks checks = new Checks();
    TiConfiguration configuration = Main.patient(TiConfiguration.createRawDefault(pd));
    TiConfiguration atomic = Main.patient(TiConfiguration.createRawDefault(pd));
    atomic.setEnableAtomicForCAS(true);
    try (TiSession session = TiSession.create(configuration);
        TiSession atomicSession = TiSession.create(atomic)) {
      RawApi plain = new RawApi(session.createRawClient());
      checks.run("connect", () -> plain.isAbsent(key("connect", 1)));
      checks.run("put-get", plain::putGet);
      checks.run("missing-key", () -> plain.isAbsent(key("missing", 1)));
      checks.run("overwrite", plain::overwrite);
      checks.run("delete", plain::delete);
      checks.run("binary-keys", plain::binaryKeys);
      checks.run("big-values", plain::bigValues);
      checks.run("longest-key", plain::longestKey);
      checks.run("batch-put-get", plain::batchPutGet);
      checks.run("batch-delete", plain::batchDelete);
      checks.run("scan", plain::scan);
      checks.run("scan-prefix", plain::scanPrefix);
      checks.run("batch-scan", plain::batchScan);
      checks.run("scanned-contents", plain::scannedContents);
      checks.run("delete-range", plain::deleteRange);
      checks.run("ttl-is-refused", plain::ttlIsRefused);
      checks.run("many-callers", plain::manyCallers);
      RawApi swapping = new RawApi(atomicSession.createRawClient());
      checks.run("compare-and-set", swapping::compareAndSet);
      checks.run("compare-and-set-contended", swapping::compareAndSetContended);
    }
    return checks.exitCode();
  }

  /** Keeps each check in a range of its own. */
  private static ByteString key(String area, int i) {
    return ByteString.copyFromUtf8(String.format("raw/%s/%06d", area, i));
  }

  private static ByteString value(int i) {
    return ByteString.copyFromUtf8("value of " + i);
  }

  private static List<ByteString> keys(List<Pair> pairs) {
    return pairs.stream().map(Pair::key).toList();
  }

  /** Writes {@code count} keys and returns the pairs in order. */
  private List<Pair> fill(String area, int count) {
    Map<ByteString, ByteString> pairs = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      pairs.put(key(area, i), value(i));
    }
    client.batchPut(pairs);
    return pairs.entrySet().stream().map(entry -> new Pair(entry.getKey(), entry.getValue())).toList();
  }

  private void readsAs(ByteString key, ByteString want) {
    equal("get " + key.toStringUtf8(), Optional.of(want), client.get(key));
  }

  private void isAbsent(ByteString key) {
    equal("get " + key.toStringUtf8(), Optional.empty(), client.get(key));
  }

  private void putGet() {
    client.put(key("put", 1), value(1));
    readsAs(key("put", 1), value(1));
  }

  private void overwrite() {
    for (int i = 0; i < 3; i++) {
      client.put(key("overwrite", 1), value(i));
      readsAs(key("overwrite", 1), value(i));
    }
  }

  private void delete() {
    client.put(key("delete", 1), value(1));
    client.delete(key("delete", 1));
    isAbsent(key("delete", 1));
    // Deleting what is not there is no error.
    client.delete(key("delete", 1));
  }

  private void binaryKeys() {
    List<ByteString> keys = new ArrayList<>();
    for (int[] bytes : new int[][] {{0}, {0, 0}, {0, 0xff}, {0x80}, {0xff}, {0xff, 0}, {0xff, 0xff, 0xff}}) {
      keys.add(ByteString.copyFrom(bytesOf(bytes)));
    }
    for (int length = 7; length <= 17; length++) {
      keys.add(filled(0xf7, length));
    }
    for (int i = 0; i < keys.size(); i++) {
      client.put(keys.get(i), value(i));
    }
    for (int i = 0; i < keys.size(); i++) {
      readsAs(keys.get(i), value(i));
    }
    client.batchDelete(keys);
  }

  private static byte[] bytesOf(int[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static ByteString filled(int content, int length) {
    byte[] bytes = new byte[length];
    java.util.Arrays.fill(bytes, (byte) content);
    return ByteString.copyFrom(bytes);
  }

  private void bigValues() {
    int[] sizes = {255, 256, 4096, 1 << 16, 1 << 20, 4 << 20};
    for (int i = 0; i < sizes.length; i++) {
      ByteString big = filled('a' + i, sizes[i]);
      client.put(key("big", i), big);
      readsAs(key("big", i), big);
    }
    client.deleteRange(key("big", 0), key("big", sizes.length));
  }

  private void longestKey() throws Exception {
    ByteString longest = ByteString.copyFromUtf8("raw/long/").concat(filled('k', KEY_BYTES_MAX - 9));
    client.put(longest, value(1));
    readsAs(longest, value(1));
    ByteString tooLong = longest.concat(filled('k', 1));
    throwsA(TiKVException.class, "a key that is too long", () -> client.put(tooLong, value(1)));
  }

  private void batchPutGet() {
    List<Pair> pairs = fill("batch", MANY_KEYS);
    List<ByteString> asked = new ArrayList<>(keys(pairs));
    asked.add(0, key("batch", MANY_KEYS + 1));
    // The client cuts a batch into pieces and does not promise their order. A missing key is left out.
    List<Pair> got = new ArrayList<>(Pair.of(client.batchGet(asked)));
    got.sort((a, b) -> ByteString.unsignedLexicographicalComparator().compare(a.key(), b.key()));
    equal("batch get", pairs, got);
  }

  private void batchDelete() {
    List<Pair> pairs = fill("batch-delete", MANY_KEYS);
    // A list of its own: the client takes from the one it is given.
    client.batchDelete(new ArrayList<>(keys(pairs.subList(1, MANY_KEYS))));
    equal("left", pairs.subList(0, 1), Pair.of(client.scan(key("batch-delete", 0), key("batch-delete", MANY_KEYS))));
  }

  private void scan() {
    List<Pair> pairs = fill("scan", MANY_KEYS);
    equal("range", pairs.subList(10, 1_100), Pair.of(client.scan(key("scan", 10), key("scan", 1_100))));
    for (int limit : new int[] {1, 7, MANY_KEYS, 5_000}) {
      List<Pair> want = pairs.subList(0, Math.min(limit, MANY_KEYS));
      equal("limit " + limit, want, Pair.of(client.scan(key("scan", 0), key("scan", MANY_KEYS), limit)));
    }
    equal("open end", pairs.subList(1_190, MANY_KEYS), Pair.of(client.scan(key("scan", 1_190), 10)));
    equal("empty range", List.of(), client.scan(key("scan", 5), key("scan", 5)));
    List<Pair> keysOnly = Pair.of(client.scan(key("scan", 0), key("scan", 20), true));
    equal("keys", keys(pairs.subList(0, 20)), keys(keysOnly));
    holds("keys without values", keysOnly.stream().allMatch(pair -> pair.value().isEmpty()));
  }

  private void scanPrefix() {
    List<Pair> pairs = fill("prefix", 20);
    client.put(ByteString.copyFromUtf8("raw/prefix0"), value(1));
    equal("prefix", pairs, Pair.of(client.scanPrefix(ByteString.copyFromUtf8("raw/prefix/"))));
  }

  private void batchScan() {
    List<Pair> pairs = fill("batch-scan", 100);
    List<ScanOption> options = new ArrayList<>();
    for (int[] range : new int[][] {{0, 50}, {60, 63}, {200, 300}}) {
      options.add(
          ScanOption.newBuilder()
              .setStartKey(key("batch-scan", range[0]))
              .setEndKey(key("batch-scan", range[1]))
              .setLimit(10)
              .build());
    }
    List<List<Pair>> got = client.batchScan(options).stream().map(Pair::of).toList();
    equal("batch scan", List.of(pairs.subList(0, 10), pairs.subList(60, 63), List.of()), got);
  }

  /** More than one of the client's scan pages of 10,240 keys: nothing missing, twice, out of order or damaged. */
  private void scannedContents() {
    List<Pair> pairs = fill("contents", 25_000);
    List<Pair> got = Pair.of(client.scan(key("contents", 0), key("contents", 25_000)));
    holds("25,000 scanned pairs are those that were written", pairs.equals(got));
  }

  private void deleteRange() {
    List<Pair> pairs = fill("range", 20);
    client.deleteRange(key("range", 5), key("range", 15));
    List<Pair> want = new ArrayList<>(pairs.subList(0, 5));
    want.addAll(pairs.subList(15, 20));
    equal("left", want, Pair.of(client.scan(key("range", 0), key("range", 20))));
    // A range may be written again at once.
    client.put(key("range", 7), value(7));
    readsAs(key("range", 7), value(7));
    client.deletePrefix(ByteString.copyFromUtf8("raw/range/"));
    equal("after the prefix", List.of(), client.scan(key("range", 0), key("range", 20)));
  }

  private void ttlIsRefused() throws Exception {
    throwsA(TiKVException.class, "a value that should expire", () -> client.put(key("ttl", 1), value(1), 100));
    isAbsent(key("ttl", 1));
  }

  private void compareAndSet() throws Exception {
    ByteString name = key("cas", 1);
    ByteString a = ByteString.copyFromUtf8("a");
    ByteString b = ByteString.copyFromUtf8("b");
    conflictsWith(Optional.empty(), () -> client.compareAndSet(name, Optional.of(a), b));
    isAbsent(name);
    equal("put if absent", Optional.empty(), client.putIfAbsent(name, a));
    equal("put if absent again", Optional.of(a), client.putIfAbsent(name, b));
    conflictsWith(Optional.of(a), () -> client.compareAndSet(name, Optional.of(b), b));
    client.compareAndSet(name, Optional.of(a), b);
    readsAs(name, b);
    client.delete(name);
    isAbsent(name);
  }

  private static void conflictsWith(Optional<ByteString> previous, Checks.Body swap) throws Exception {
    equal("previous", previous, throwsA(RawCASConflictException.class, "swap", swap).getPrevValue());
  }

  /** Callers race for every step of one number: each step is won exactly once. */
  private void compareAndSetContended() throws Exception {
    int steps = 20;
    ByteString name = key("cas-contended", 1);
    client.put(name, value(0));
    List<Integer> wins = Collections.synchronizedList(new ArrayList<>());
    inThreads(
        16,
        caller -> {
          for (int step = 0; step < steps; step++) {
            try {
              client.compareAndSet(name, Optional.of(value(step)), value(step + 1));
              wins.add(step);
            } catch (RawCASConflictException e) {
              // Somebody else's step.
            }
          }
        });
    Collections.sort(wins);
    equal("steps won", IntStream.range(0, steps).boxed().toList(), wins);
    readsAs(name, value(steps));
  }

  private void manyCallers() throws Exception {
    int callers = 64;
    int each = 50;
    inThreads(
        callers,
        caller -> {
          for (int i = caller * each; i < (caller + 1) * each; i++) {
            client.put(key("callers", i), value(i));
            readsAs(key("callers", i), value(i));
          }
        });
    List<Pair> got = Pair.of(client.scan(key("callers", 0), key("callers", callers * each)));
    equal("keys", IntStream.range(0, callers * each).mapToObj(i -> new Pair(key("callers", i), value(i))).toList(), got);
  }

  private interface Caller {
    void run(int caller) throws Exception;
  }

  /** Runs a body in many threads at once and throws what any of them threw. */
  private static void inThreads(int count, Caller body) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int caller = i;
        tasks.add(
            () -> {
              body.run(caller);
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
