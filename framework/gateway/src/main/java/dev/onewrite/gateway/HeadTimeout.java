package dev.onewrite.gateway;

import java.time.Duration;
import org.apache.pekko.Done;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * Closes a connection on which the head of the next request does not come in time, and ends the
 * event stream of a reader that has gone.
 */
final class HeadTimeout
    extends GraphStage<BidiShape<HttpRequest, HttpRequest, HttpResponse, HttpResponse>> {

  /*
   * The idle time-out of Pekko HTTP does not: a byte now and then keeps such a connection open for
   * ever. Here nothing is counted but whole heads. The stage completes, it does not fail, so what
   * is being written is written.
   *
   * That a reader has gone is seen where its next request would be read. An event stream on which
   * nothing happens would be kept for it until the next heartbeat.
   *
   *   opened ──▶ waits ──(request)──▶ answers ──(response, to its end)──▶ waits ──(time-out)──▶ closed
   */

  private static final String TIMER = "head";

  private final Inlet<HttpRequest> requestIn = Inlet.create("requestIn");
  private final Outlet<HttpRequest> requestOut = Outlet.create("requestOut");
  private final Inlet<HttpResponse> responseIn = Inlet.create("responseIn");
  private final Outlet<HttpResponse> responseOut = Outlet.create("responseOut");
  private final Duration timeout;

  HeadTimeout(Duration timeout) {
    this.timeout = timeout;
  }

  @Override
  public BidiShape<HttpRequest, HttpRequest, HttpResponse, HttpResponse> shape() {
    return BidiShape.of(requestIn, requestOut, responseIn, responseOut);
  }

  @Override
  public GraphStageLogic createLogic(Attributes inherited) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {

    private final AsyncCallback<Done> ended = createAsyncCallback(done -> answered());
    private final SharedKillSwitch gone = KillSwitches.shared("onewrite-gateway-reader");
    private int underWay;

    Logic() {
      super(shape());
      setHandler(
          requestIn,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              cancelTimer(TIMER);
              underWay++;
              push(requestOut, Incoming.withGone(grab(requestIn), gone));
            }

            @Override
            public void onUpstreamFinish() {
              cancelTimer(TIMER);
              gone.shutdown();
              complete(requestOut);
            }
          });
      setHandler(
          requestOut,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              pull(requestIn);
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
              cancel(requestIn, cause);
            }
          });
      setHandler(
          responseIn,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              push(responseOut, watched(grab(responseIn)));
            }

            @Override
            public void onUpstreamFinish() {
              complete(responseOut);
            }
          });
      setHandler(
          responseOut,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              pull(responseIn);
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
              cancel(responseIn, cause);
            }
          });
    }

    @Override
    public void preStart() {
      await();
    }

    @Override
    public void postStop() {
      gone.shutdown();
    }

    private void answered() {
      underWay--;
      await();
    }

    private void await() {
      if (underWay == 0 && !isClosed(requestIn)) {
        scheduleOnce(TIMER, timeout);
      }
    }

    private HttpResponse watched(HttpResponse response) {
      if (response.entity().isStrict()) {
        answered();
        return response;
      }
      return response.transformEntityDataBytes(
          Flow.of(ByteString.class)
              .watchTermination(
                  (started, end) -> {
                    end.whenComplete((done, failure) -> ended.invoke(Done.getInstance()));
                    return started;
                  }));
    }

    @Override
    public void onTimer(Object timer) {
      completeStage();
    }
  }
}
