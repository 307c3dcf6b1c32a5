package dev.onewrite.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.AttributeKey;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Source;

/** A request, and what was found out of it. */
record Incoming(HttpRequest request, Target target, String client) {

  private static final AttributeKey<SharedKillSwitch> GONE =
      AttributeKey.create("onewrite-gateway-gone", SharedKillSwitch.class);

  /** With what is shut down when its connection is gone. */
  static HttpRequest withGone(HttpRequest request, SharedKillSwitch gone) {
    return request.addAttribute(GONE, gone);
  }

  /** Ends a stream when whoever asked for it has gone. */
  <T> Source<T, NotUsed> untilGone(Source<T, NotUsed> stream) {
    return request.getAttribute(GONE).map(gone -> stream.via(gone.<T>flow())).orElse(stream);
  }

  List<String> path() {
    return target.segments();
  }

  boolean is(HttpMethod method) {
    return request.method().equals(method);
  }

  Optional<String> header(String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }

  /** Whether the caller takes this media type; who does not say takes any. */
  boolean accepts(String type) {
    String accepted = header("Accept").orElse("*/*").toLowerCase(Locale.ROOT);
    return accepted.contains(type)
        || accepted.contains("*/*")
        || accepted.contains(type.substring(0, type.indexOf('/')) + "/*");
  }

  /** All headers by name, in small letters. */
  Map<String, List<String>> headers() {
    Map<String, List<String>> headers = new TreeMap<>();
    for (HttpHeader header : request.getHeaders()) {
      headers
          .computeIfAbsent(header.lowercaseName(), name -> new ArrayList<>())
          .add(header.value());
    }
    return headers;
  }
}
