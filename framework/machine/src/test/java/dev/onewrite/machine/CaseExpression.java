package dev.onewrite.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Evaluates the expressions of the neutral case format. Numbers are whole ({@code Long}) wherever
 * they can be.
 */
final class CaseExpression {
  private final CaseContext context;
  private final Predicate<String> in;
  private final String event;

  CaseExpression(CaseContext context, Predicate<String> in, String event) {
    this.context = context;
    this.in = in;
    this.event = event;
  }

  boolean test(JsonNode expression) {
    return truth(value(expression));
  }

  Object value(JsonNode expression) {
    if (!expression.isObject()) {
      return literal(expression);
    }
    if (expression.has("lit")) {
      return literal(expression.get("lit"));
    }
    if (expression.has("var")) {
      return context.get(expression.get("var").asText());
    }
    if (expression.has("in")) {
      return in.test(expression.get("in").asText());
    }
    if (expression.has("event")) {
      return event;
    }
    return operation(expression.path("op").asText(), expression.path("args"));
  }

  static Object literal(JsonNode node) {
    if (node.isNull() || node.isMissingNode()) {
      return null;
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    return node.isNumber() ? whole(node.doubleValue()) : node.asText();
  }

  private Object operation(String op, JsonNode args) {
    switch (op) {
      case "&&":
        return test(args.get(0)) ? value(args.get(1)) : value(args.get(0));
      case "||":
        return test(args.get(0)) ? value(args.get(0)) : value(args.get(1));
      case "!":
        return !test(args.get(0));
      default:
    }
    Object left = value(args.get(0));
    if (args.size() == 1) {
      return whole(op.equals("-") ? -number(left) : number(left));
    }
    return binary(op, left, value(args.get(1)));
  }

  private static Object binary(String op, Object left, Object right) {
    boolean texts = left instanceof String && right instanceof String;
    int order = texts ? ((String) left).compareTo((String) right) : 0;
    return switch (op) {
      case "==" -> same(left, right);
      case "!=" -> !same(left, right);
      case "<" -> texts ? order < 0 : number(left) < number(right);
      case "<=" -> texts ? order <= 0 : number(left) <= number(right);
      case ">" -> texts ? order > 0 : number(left) > number(right);
      case ">=" -> texts ? order >= 0 : number(left) >= number(right);
      case "+" ->
          left instanceof String || right instanceof String
              ? "" + left + right
              : whole(number(left) + number(right));
      case "-" -> whole(number(left) - number(right));
      case "*" -> whole(number(left) * number(right));
      case "/" -> whole(number(left) / number(right));
      case "%" -> whole(number(left) % number(right));
      case "pow" -> whole(Math.pow(number(left), number(right)));
      default -> throw new IllegalArgumentException("operator " + op + " is not in the format");
    };
  }

  private static boolean same(Object left, Object right) {
    boolean unequalToItself = left instanceof Double number && number.isNaN();
    return !unequalToItself && Objects.equals(left, right);
  }

  private static double number(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    return value instanceof Boolean truth ? (truth ? 1 : 0) : Double.NaN;
  }

  private static Object whole(double number) {
    boolean isWhole = number == Math.rint(number) && Math.abs(number) < 1L << 53;
    return isWhole ? (Object) (long) number : (Object) number;
  }

  private static boolean truth(Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value instanceof Number number) {
      return number.doubleValue() != 0 && !Double.isNaN(number.doubleValue());
    }
    return value != null && !value.equals("");
  }
}
