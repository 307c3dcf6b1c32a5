package dev.onewrite.gateway;

/** The gateway's own reasons not to answer, as docs/errors.md explains them. */
enum Trouble {
  NO_SUCH_PATH("OW702", 404, "There is no such path"),
  UNKNOWN_CALLER("OW703", 401, "Nobody knows who calls"),
  FORBIDDEN("OW703", 403, "This is not allowed"),
  METHOD("OW704", 405, "The path takes another method"),
  NOT_ACCEPTABLE("OW704", 406, "There is no such representation"),
  NOT_JSON("OW704", 415, "The body is not declared as JSON"),
  NO_KEY("OW705", 400, "There is no usable Idempotency-Key"),
  MALFORMED("OW706", 400, "The request cannot be read"),
  UNFIT("OW707", 422, "The message is not one that the component takes"),
  TOO_LARGE("OW708", 413, "The request is too large"),
  URI_TOO_LONG("OW708", 414, "The path is too long"),
  HEADERS_TOO_LARGE("OW708", 431, "The headers are too large"),
  TOO_OFTEN("OW709", 429, "Too many requests"),
  TOO_MANY_STREAMS("OW709", 429, "Too many streams"),
  BODY_TOO_SLOW("OW710", 408, "The body came too slowly"),
  NO_ANSWER("OW710", 503, "There was no answer in time"),
  UNDECIDED("OW711", 503, "Nobody could decide whether this is allowed"),
  FAILED("OW712", 500, "The gateway failed");

  private final String code;
  private final int status;
  private final String title;

  Trouble(String code, int status, String title) {
    this.code = code;
    this.status = status;
    this.title = title;
  }

  Refusal refusal(String detail) {
    return new Refusal(status, code, title, detail);
  }
}
