package stratakv;

import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs named checks and prints one line each, in the form that the TypeScript runner reads: {@code pass NAME}, {@code fail
 * NAME: reason}, {@code skip NAME: reason}.
 */
final class Checks {
  /** Bounds one check. Far above what any of them needs: it only turns a hang into a failure. */
  private static final long CHECK_SECONDS_MAX = 90;

  private static final int SHOWN_CHARACTERS_MAX = 200;

  interface Body {
    void run() throws Exception;
  }

  /** A check whose claim does not hold. */
  static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Failed(String reason) {
      super(reason);
    }
  }

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "check");
            // A check that hangs is left behind; it must not keep the program alive.
            thread.setDaemon(true);
            return thread;
          });
  private int failedCount;
  private int passedCount;

  void run(String name, Body body) {
    try {
      threads
          .submit(
              () -> {
                body.run();
                return null;
              })
          .get(CHECK_SECONDS_MAX, TimeUnit.SECONDS);
      passedCount++;
      System.out.println("pass " + name);
    } catch (ExecutionException e) {
      fail(name, e.getCause() instanceof Failed failed ? failed.getMessage() : causes(e.getCause()));
    } catch (TimeoutException e) {
      fail(name, "no end within " + CHECK_SECONDS_MAX + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(name, "interrupted");
    }
  }

  /** 0 when at least one check passed and none failed. */
  int exitCode() {
    return failedCount == 0 && passedCount > 0 ? 0 : 1;
  }

  private void fail(String name, String reason) {
    failedCount++;
    System.out.println("fail " + name + ": " + reason.replace('\n', '|'));
  }

  /** An exception with what caused it: this client wraps. */
  private static String causes(Throwable thrown) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      text.append(text.isEmpty() ? "" : " <- ").append(cause);
    }
    return text.toString();
  }

  static void equal(String what, Object want, Object got) {
    if (!Objects.equals(want, got)) {
      throw new Failed(what + ": want " + shortened(want) + ", got " + shortened(got));
    }
  }

  static void holds(String what, boolean condition) {
    if (!condition) {
      throw new Failed(what);
    }
  }

  /** {@code body} must throw {@code expected}, or something that it caused. */
  static <T extends Throwable> T throwsA(Class<T> expected, String what, Body body) throws Exception {
    try {
      body.run();
    } catch (Exception e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (expected.isInstance(cause)) {
          return expected.cast(cause);
        }
      }
      throw e;
    }
    throw new Failed(what + ": no " + expected.getSimpleName());
  }

  private static String shortened(Object value) {
    String text = String.valueOf(value);
    return text.length() <= SHOWN_CHARACTERS_MAX
        ? text
        : text.substring(0, SHOWN_CHARACTERS_MAX) + "... (" + text.length() + " characters)";
  }
}
