package dev.onewrite.machine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The variables of a case. Values may be null: unset. */
record CaseContext(Map<String, Object> values) {
  CaseContext {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  Object get(String variable) {
    return values.get(variable);
  }

  CaseContext with(String variable, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(values);
    changed.put(variable, value);
    return new CaseContext(changed);
  }
}
