package dev.onewrite.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Path and query of a request, as they came and strictly decoded. A decoder that mends what is no
 * UTF-8 would make one entity of several; one that resolves dots would make another of it.
 */
record Target(List<String> segments, String query) {

  private static final int HEX = 16;

  /** Of the raw target in a request line. */
  static Target of(String raw) {
    String target = withoutOrigin(raw);
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    if (!path.startsWith("/")) {
      throw Trouble.NO_SUCH_PATH.refusal("A path begins with a slash.");
    }
    List<String> segments = new ArrayList<>();
    for (String segment : path.substring(1).split("/", -1)) {
      segments.add(decoded(segment));
    }
    return new Target(List.copyOf(segments), mark < 0 ? "" : target.substring(mark + 1));
  }

  /** The value of a parameter of the query. */
  Optional<String> parameter(String name) {
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals >= 0 && decoded(part.substring(0, equals)).equals(name)) {
        return Optional.of(decoded(part.substring(equals + 1).replace('+', ' ')));
      }
    }
    return Optional.empty();
  }

  /** A proxy's form, {@code http://host/path}. */
  private static String withoutOrigin(String raw) {
    int scheme = raw.indexOf("://");
    if (raw.startsWith("/") || scheme < 0) {
      return raw;
    }
    int slash = raw.indexOf('/', scheme + "://".length());
    return slash < 0 ? "/" : raw.substring(slash);
  }

  private static String decoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      bytes.write(HEX * digit(text, i + 1) + digit(text, i + 2));
      i += 2;
    }
    return strict(bytes.toByteArray());
  }

  private static int digit(String text, int at) {
    int digit = at < text.length() ? Character.digit(text.charAt(at), HEX) : -1;
    if (digit < 0) {
      throw Trouble.MALFORMED.refusal("The path or query has a % that begins no escape.");
    }
    return digit;
  }

  private static String strict(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.equals(".") || text.equals("..") || text.chars().anyMatch(Character::isISOControl)) {
        throw Trouble.MALFORMED.refusal("The path has a part that names nothing.");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw Trouble.MALFORMED.refusal("The path is not UTF-8.");
    }
  }
}
