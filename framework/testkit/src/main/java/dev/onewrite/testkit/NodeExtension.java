package dev.onewrite.testkit;

import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import dev.onewrite.component.Component;
import dev.onewrite.component.RefusedException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Runs the node of {@link OnewriteTest}. */
final class NodeExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

  private static final ExtensionContext.Namespace NODES =
      ExtensionContext.Namespace.create(NodeExtension.class);

  @Override
  public void beforeEach(ExtensionContext context) throws IllegalAccessException {
    OnewriteTest test = annotation(context.getRequiredTestClass());
    List<Component<?>> components = new ArrayList<>();
    for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
      components.addAll(components(instance));
    }
    if (components.isEmpty()) {
      throw refused(
          context.getRequiredTestClass().getName()
              + " has no field of type Component, and a node without components does nothing");
    }
    context.getStore(NODES).put(TestNode.class, new TestNode(components, test));
  }

  private static OnewriteTest annotation(Class<?> testClass) {
    for (Class<?> type = testClass; type != null; type = outer(type)) {
      OnewriteTest found = type.getAnnotation(OnewriteTest.class);
      if (found != null) {
        return found;
      }
    }
    throw refused(testClass.getName() + " has no @OnewriteTest");
  }

  private static Class<?> outer(Class<?> type) {
    Class<?> above = type.getSuperclass();
    return above != null && above != Object.class ? above : type.getEnclosingClass();
  }

  private static List<Component<?>> components(Object instance) throws IllegalAccessException {
    List<Component<?>> components = new ArrayList<>();
    for (Class<?> type = instance.getClass();
        type != Object.class && type != null;
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (Component.class.isAssignableFrom(field.getType())) {
          field.setAccessible(true);
          Object holder = Modifier.isStatic(field.getModifiers()) ? null : instance;
          Component<?> component = (Component<?>) field.get(holder);
          if (component == null) {
            throw refused("the field " + field.getName() + " holds no component yet");
          }
          components.add(component);
        }
      }
    }
    return components;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    TestNode node = context.getStore(NODES).remove(TestNode.class, TestNode.class);
    if (node != null) { // it may have failed to start
      node.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == TestNode.class
        || type == Onewrite.class
        || (type == Ref.class && parameter.isAnnotated(Entity.class));
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    TestNode node = context.getStore(NODES).get(TestNode.class, TestNode.class);
    if (node == null) {
      throw refused("the node is a parameter of tests, not of what runs before them");
    }
    Class<?> type = parameter.getParameter().getType();
    if (type == TestNode.class) {
      return node;
    }
    return type == Onewrite.class ? node.onewrite() : ref(node, parameter);
  }

  private static Ref<?> ref(TestNode node, ParameterContext parameter) {
    Type messages =
        parameter.getParameter().getParameterizedType() instanceof ParameterizedType ref
            ? ref.getActualTypeArguments()[0]
            : Object.class;
    List<Component<?>> found =
        node.components().stream().filter(c -> c.messages().equals(messages)).toList();
    if (found.size() != 1) {
      throw refused(
          found.size()
              + " components of the test take "
              + messages.getTypeName()
              + ", so what Ref it is to get is not clear; take a TestNode and ask it");
    }
    String id = parameter.findAnnotation(Entity.class).map(Entity::value).orElse("");
    return node.ref(found.get(0), id);
  }

  private static RefusedException refused(String what) {
    return new RefusedException("OW801", "The test's node cannot be had: " + what + ".");
  }
}
