package dev.onewrite.rig;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between nodes and a PostgreSQL server, and can keep answers to COMMIT to itself: the
 * server has committed, its answer and the connection are gone.
 *
 * <p><b>Limit.</b> Connections without TLS.
 */
final class CommitProxy implements AutoCloseable {

  private static final String ROW = "insert into journal ";

  private static final byte[] COMMITTED = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket listening;
  private final int server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger toLose = new AtomicInteger();
  private final AtomicInteger rowsToLose = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();

  CommitProxy(int server) throws IOException {
    this.server = server;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    begin(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** The next answers to COMMIT do not arrive. */
  void lose(int answers) {
    toLose.set(answers);
  }

  /** The next answer to the COMMIT of a journal row does not arrive. */
  void loseRow() {
    rowsToLose.set(1);
  }

  /** How many were lost so far. */
  int lost() {
    return lost.get();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        sockets.add(client);
        begin(() -> join(client));
      } catch (IOException e) {
        // Closed; the condition ends it.
      }
    }
  }

  private void join(Socket client) {
    try {
      Socket to = new Socket(InetAddress.getLoopbackAddress(), server);
      sockets.add(to);
      client.setTcpNoDelay(true);
      to.setTcpNoDelay(true);
      AtomicBoolean ofRows = new AtomicBoolean();
      begin(() -> ask(client, to, ofRows));
      answer(to, client, ofRows);
    } catch (IOException e) {
      end(client); // no server just now
    }
  }

  /** One connection writes all journal rows, and says so when it prepares its statement. */
  private void ask(Socket client, Socket to, AtomicBoolean ofRows) {
    try (InputStream in = client.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] chunk = new byte[1 << 16];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        if (!ofRows.get()) {
          ofRows.set(new String(chunk, 0, read, StandardCharsets.US_ASCII).contains(ROW));
        }
        out.write(chunk, 0, read);
      }
    } catch (IOException e) {
      // One of the two is gone.
    } finally {
      end(client);
      end(to);
    }
  }

  /** The server's messages: a type, a length that counts itself, a body. */
  private void answer(Socket from, Socket client, AtomicBoolean ofRows) {
    try (DataInputStream in =
            new DataInputStream(new java.io.BufferedInputStream(from.getInputStream()));
        OutputStream out = new java.io.BufferedOutputStream(client.getOutputStream(), 1 << 16)) {
      while (true) {
        int type = in.read();
        if (type < 0) {
          return;
        }
        int length = in.readInt();
        byte[] body = in.readNBytes(length - Integer.BYTES);
        if (type == 'C' && isCommit(body) && takeOne(ofRows.get())) {
          lost.incrementAndGet();
          return;
        }
        out.write(type);
        out.write(
            new byte[] {
              (byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length
            });
        out.write(body);
        if (in.available() == 0) {
          out.flush();
        }
      }
    } catch (IOException e) {
      // One of the two is gone.
    } finally {
      end(client);
      end(from);
    }
  }

  private static boolean isCommit(byte[] body) {
    return java.util.Arrays.equals(body, COMMITTED);
  }

  private boolean takeOne(boolean ofRows) {
    return takeOne(toLose) || (ofRows && takeOne(rowsToLose));
  }

  private static boolean takeOne(AtomicInteger left) {
    return left.getAndUpdate(many -> Math.max(0, many - 1)) > 0;
  }

  private void end(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  private static void begin(Runnable work) {
    Thread thread = new Thread(work, "commit-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    sockets.forEach(this::end);
  }
}
