package dev.onewrite.gateway;

import java.time.Duration;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;

/**
 * Ends a connection whose next request is not there in time. The HTTP server's own idle time-out
 * sees any byte as life, so that a client with a byte a second would stay for ever; this one counts
 * whole requests, and only while one is waited for.
 */
final class RequestPatience<T> extends GraphStage<FlowShape<T, T>> {

  private final Inlet<T> in = Inlet.create("RequestPatience.in");
  private final Outlet<T> out = Outlet.create("RequestPatience.out");
  private final FlowShape<T, T> shape = FlowShape.of(in, out);
  private final Duration within;

  RequestPatience(Duration within) {
    this.within = within;
  }

  @Override
  public FlowShape<T, T> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Waiting();
  }

  private final class Waiting extends TimerGraphStageLogic {

    Waiting() {
      super(shape);
      setHandlers(
          in,
          out,
          new AbstractInOutHandler() {
            @Override
            public void onPush() {
              cancelTimer("patience");
              push(out, grab(in));
            }

            @Override
            public void onPull() {
              scheduleOnce("patience", within);
              pull(in);
            }
          });
    }

    @Override
    public void onTimer(Object key) {
      completeStage(); // a failure would be answered, with a 500
    }
  }
}
