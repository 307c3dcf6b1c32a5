package dev.onewrite.rig;

import dev.onewrite.rig.Step.Layer;
import dev.onewrite.rig.Step.Manner;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The programs of a run: the same for ever for one seed, in whichever process. */
final class Programs {

  /** So many programs share a front entity, on average; the other layers have a few less. */
  private static final int SHARING = 20;

  /** One program in so many has a message that its receiver refuses until it is mended. */
  private static final int POISONED = 50;

  private final long seed;
  private final int count;

  Programs(long seed, int count) {
    this.seed = seed;
    this.count = count;
  }

  int count() {
    return count;
  }

  /** What the request of that program makes happen. */
  Step program(int index) {
    return new Generator(new Random(seed * 1_000_003L + index), index).generate();
  }

  /** Who sends the poison of a program, and nothing else. */
  static String poisoner(int index) {
    return "x" + index;
  }

  private final class Generator {

    private final Random random;
    private final int index;
    private int steps;

    Generator(Random random, int index) {
      this.random = random;
      this.index = index;
    }

    Step generate() {
      return random.nextInt(POISONED) == 0 ? poison() : step(Layer.FRONT, somebody('f'));
    }

    /** Its own sender, so that what waits behind the poisoned one is known beforehand. */
    private Step poison() {
      String id = nextId();
      String victim = somebody('m');
      List<Step> sends = new ArrayList<>();
      sends.add(leaf(Layer.MIDDLE, victim, Manner.PLAIN));
      sends.add(leaf(Layer.MIDDLE, victim, Manner.POISON));
      sends.add(leaf(Layer.MIDDLE, victim, Manner.BEHIND));
      sends.add(leaf(Layer.MIDDLE, somebodyBut(victim), Manner.PLAIN));
      return new Step(
          id,
          Layer.FRONT,
          poisoner(index),
          Manner.PLAIN,
          bytes(),
          sends,
          List.of(leaf(Layer.BACK, somebody('b'), Manner.PLAIN)),
          List.of(),
          "",
          0,
          List.of());
    }

    private Step step(Layer layer, String at) {
      String id = nextId();
      Manner manner = manner();
      int bytes = bytes();
      List<Step> sends = new ArrayList<>();
      List<Step> emits = new ArrayList<>();
      List<Step> timers = new ArrayList<>();
      List<Step> calls = new ArrayList<>();
      switch (layer) {
        case FRONT -> {
          sends(sends, Layer.MIDDLE, 1 + random.nextInt(2));
          if (random.nextInt(4) == 0) {
            sends(sends, Layer.BACK, 1);
          }
          fanOut(emits, Layer.MIDDLE, random.nextInt(5) < 2 ? 1 + random.nextInt(3) : 0);
          fanOut(emits, Layer.BACK, random.nextInt(5) == 0 ? 1 + random.nextInt(4) : 0);
        }
        case MIDDLE -> {
          sends(sends, Layer.BACK, random.nextInt(3));
          fanOut(emits, Layer.BACK, random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0);
          if (random.nextInt(8) == 0) {
            timers.add(timed(layer, at, Manner.PLAIN, "", 10 + random.nextInt(1_500)));
          }
          if (random.nextInt(8) == 0) {
            calls.add(leaf(layer, at, Manner.PLAIN));
          }
        }
        case BACK -> {
          if (random.nextInt(30) == 0) {
            calls.add(leaf(layer, at, Manner.PLAIN));
          }
        }
      }
      return new Step(id, layer, at, manner, bytes, sends, emits, timers, "", 0, calls);
    }

    private void sends(List<Step> sends, Layer layer, int count) {
      String at = somebody(layer == Layer.MIDDLE ? 'm' : 'b');
      for (int i = 0; i < count; i++) {
        sends.add(step(layer, at));
        if (random.nextBoolean()) {
          at = somebody(layer == Layer.MIDDLE ? 'm' : 'b');
        }
      }
      if (random.nextInt(20) == 0) {
        replacedTimer(sends, layer, at);
      }
    }

    /** One message sets a timer of an hour, the next one of the same sender replaces it. */
    private void replacedTimer(List<Step> sends, Layer layer, String at) {
      String name = "timer-" + index + "-" + steps;
      sends.add(timing(layer, at, timed(layer, at, Manner.NEVER, name, 3_600_000)));
      sends.add(timing(layer, at, timed(layer, at, Manner.PLAIN, name, 50)));
    }

    private Step timing(Layer layer, String at, Step timer) {
      return new Step(
          nextId(),
          layer,
          at,
          Manner.PLAIN,
          0,
          List.of(),
          List.of(),
          List.of(timer),
          "",
          0,
          List.of());
    }

    private Step timed(Layer layer, String at, Manner manner, String name, long delayMillis) {
      String id = nextId();
      List<Step> sends =
          manner == Manner.NEVER || layer == Layer.BACK || random.nextBoolean()
              ? List.of()
              : List.of(leaf(Layer.BACK, somebody('b'), Manner.PLAIN));
      String timer = name.isEmpty() ? id : name;
      return new Step(
          id, layer, at, manner, 0, sends, List.of(), List.of(), timer, delayMillis, List.of());
    }

    /** Distinct receivers: an event reaches each once. */
    private void fanOut(List<Step> emits, Layer layer, int count) {
      for (int i = 0; i < count; i++) {
        String at = somebody(layer == Layer.MIDDLE ? 'm' : 'b');
        if (emits.stream().noneMatch(s -> s.layer() == layer && s.at().equals(at))) {
          emits.add(step(layer, at));
        }
      }
    }

    private Step leaf(Layer layer, String at, Manner manner) {
      return new Step(
          nextId(), layer, at, manner, bytes(), List.of(), List.of(), List.of(), "", 0, List.of());
    }

    private String nextId() {
      return "p" + index + "." + steps++;
    }

    /** One message in twenty goes to the one that everybody knows. */
    private String somebody(char kind) {
      int entities = Math.max(3, count / SHARING - (kind - 'a'));
      return kind + "" + (random.nextInt(20) == 0 ? 0 : random.nextInt(entities));
    }

    private String somebodyBut(String other) {
      String somebody = somebody('m');
      return somebody.equals(other) ? "m-aside" : somebody;
    }

    private Manner manner() {
      int dice = random.nextInt(100);
      return dice < 8
          ? Manner.GUARDED
          : dice < 13 ? Manner.THROWS : dice < 17 ? Manner.SLOW : Manner.PLAIN;
    }

    /** Mostly small; one in five up to 10 KiB, one in fifty up to 100 KiB. */
    private int bytes() {
      int dice = random.nextInt(50);
      return dice == 0
          ? 10_240 + random.nextInt(92_160)
          : dice <= 10 ? 1_024 + random.nextInt(9_216) : random.nextInt(200);
    }
  }
}
