package stratakv;

import java.util.HashMap;
import java.util.Map;
import org.tikv.common.TiConfiguration;

/** The command line, which is that of the Go programs. */
final class Main {
  private static final String USAGE =
      """
      usage: Main COMMAND --pd HOST:PORT [--mode raw|txn] [--journal FILE]
        raw            every method of the raw API
        txn            timestamps, and two-phase commits put together from the client's parts
        journal-write  write until SIGTERM, and keep a journal of what was acknowledged""";

  /** Time for a machine that does other things as well; the client's own 200 ms are meant for one that does not. */
  private static final int TIMEOUT_MS = 20_000;

  private Main() {}

  public static void main(String[] args) throws Exception {
    Map<String, String> flags = new HashMap<>();
    for (int i = 1; i + 1 < args.length; i += 2) {
      flags.put(args[i], args[i + 1]);
    }
    String pd = flags.getOrDefault("--pd", "127.0.0.1:2379");
    switch (args.length == 0 ? "" : args[0]) {
      case "raw" -> System.exit(RawApi.run(pd));
      case "txn" -> System.exit(TxnApi.run(pd));
      case "journal-write" -> Journal.write(pd, flags.getOrDefault("--mode", "raw"), flags.get("--journal"));
      default -> {
        System.err.println(USAGE);
        System.exit(2);
      }
    }
  }

  static TiConfiguration patient(TiConfiguration configuration) {
    configuration.setTimeout(TIMEOUT_MS);
    configuration.setRawKVReadTimeoutInMS(TIMEOUT_MS);
    configuration.setRawKVWriteTimeoutInMS(TIMEOUT_MS);
    configuration.setRawKVBatchReadTimeoutInMS(TIMEOUT_MS);
    configuration.setRawKVBatchWriteTimeoutInMS(TIMEOUT_MS);
    configuration.setRawKVScanTimeoutInMS(TIMEOUT_MS);
    return configuration;
  }
}
