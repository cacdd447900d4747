package stratakv;

import java.io.FileWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.tikv.common.TiConfiguration;
import org.tikv.common.TiSession;
import org.tikv.common.util.BackOffer;
import org.tikv.common.util.ConcreteBackOffer;
import org.tikv.raw.RawKVClient;
import org.tikv.shade.com.google.protobuf.ByteString;
import org.tikv.txn.TwoPhaseCommitter;

/**
 * Writes until it is told to stop, through kills and restarts of the server, and keeps a journal of what was acknowledged. The
 * Go programs' {@code journal-check} reads it and asks the server for every line: names of keys, contents of values and lines of
 * the journal are those of {@code go-suite/journal}.
 */
final class Journal {
  private static final int CALLERS = 16;

  /** How often a caller writes its own key again instead of a new one. */
  private static final int OVERWRITE_EVERY = 4;

  private static final int BACK_OFF_MS = 5_000;
  private static final long LOCK_MS = 3_000;

  private interface Target {
    void put(String key, byte[] value) throws Exception;
  }

  private final Target target;
  private final Writer journal;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final CountDownLatch ended = new CountDownLatch(CALLERS);
  private volatile boolean stopped;

  private Journal(Target target, Writer journal) {
    this.target = target;
    this.journal = journal;
  }

  static void write(String pd, String mode, String path) throws Exception {
    boolean raw = mode.equals("raw");
    TiSession session =
        TiSession.create(Main.patient(raw ? TiConfiguration.createRawDefault(pd) : TiConfiguration.createDefault(pd)));
    // Not synced: only the server is killed, not the machine.
    Journal journal =
        new Journal(
            raw ? rawTarget(session) : txnTarget(session),
            new FileWriter(Path.of(path).toFile(), StandardCharsets.UTF_8));
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      int caller = i;
      callers.add(new Thread(() -> journal.writeAs(caller), "caller-" + caller));
    }
    // SIGTERM: the only way in which this program is meant to end.
    Runtime.getRuntime().addShutdownHook(new Thread(journal::finish));
    callers.forEach(Thread::start);
    for (Thread caller : callers) {
      caller.join();
    }
  }

  private void finish() {
    stopped = true;
    try {
      ended.await();
      journal.close();
    } catch (Exception e) {
      System.err.println(e);
      Runtime.getRuntime().halt(1);
    }
    System.out.printf("note writer: %d writes acknowledged, %d failed%n", acknowledged.get(), refused.get());
    System.out.flush();
    // The virtual machine would end with the signal's number.
    Runtime.getRuntime().halt(0);
  }

  private void writeAs(int caller) {
    // After a failure the fate of that write is unknown: it may even arrive late. So its key is left alone.
    int latest = 0;
    try {
      for (int number = 1; !stopped; number++) {
        boolean overwrites = number % OVERWRITE_EVERY == 0;
        String key =
            overwrites
                ? String.format("journal/latest/%03d/%04d", caller, latest)
                : String.format("journal/unique/%03d/%08d", caller, number);
        try {
          target.put(key, contentOf(key, number));
        } catch (Exception e) {
          refused.incrementAndGet();
          latest += overwrites ? 1 : 0;
          continue;
        }
        acknowledged.incrementAndGet();
        synchronized (journal) {
          journal.write(key + " " + number + "\n");
          journal.flush();
        }
      }
    } catch (java.io.IOException e) {
      System.err.println(e);
      Runtime.getRuntime().halt(1);
    } finally {
      ended.countDown();
    }
  }

  private static Target rawTarget(TiSession session) {
    RawKVClient client = session.createRawClient();
    return (key, value) -> client.put(ByteString.copyFromUtf8(key), ByteString.copyFrom(value));
  }

  private static Target txnTarget(TiSession session) {
    return (key, value) -> {
      byte[] primary = key.getBytes(StandardCharsets.UTF_8);
      try (TwoPhaseCommitter committer =
          new TwoPhaseCommitter(session, session.getTimestamp().getVersion(), LOCK_MS)) {
        committer.prewritePrimaryKey(backOffer(session), primary, value);
        committer.commitPrimaryKey(backOffer(session), primary, session.getTimestamp().getVersion());
      }
    };
  }

  private static BackOffer backOffer(TiSession session) {
    return ConcreteBackOffer.newCustomBackOff(BACK_OFF_MS, session.getPDClient().getClusterId());
  }

  /** As {@code contentOf} of {@code go-suite/journal}: FNV-1a of key and number seeds a splitmix64 generator. */
  private static byte[] contentOf(String key, int number) {
    long state = 0xcbf29ce484222325L;
    for (byte each : (key + " " + number).getBytes(StandardCharsets.UTF_8)) {
      state = (state ^ (each & 0xff)) * 0x100000001b3L;
    }
    byte[] head = (number + " ").getBytes(StandardCharsets.UTF_8);
    state += 0x9e3779b97f4a7c15L;
    int fillerBytes = 16 + (int) Long.remainderUnsigned(mixed(state), 1000);
    byte[] content = java.util.Arrays.copyOf(head, head.length + fillerBytes);
    for (int i = head.length; i < content.length; i++) {
      state += 0x9e3779b97f4a7c15L;
      content[i] = (byte) (mixed(state) >>> 56);
    }
    return content;
  }

  private static long mixed(long state) {
    long bits = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
    bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
    return bits ^ (bits >>> 31);
  }
}
