package dev.onewrite.demo;

import java.util.List;

/**
 * One form as it was read: its drafts, then the text it is submitted with. Step 1 is the first
 * draft; step n must become revision n of the form.
 */
record FormCase(String form, String department, Content content, List<String> drafts) {

  FormCase {
    drafts = List.copyOf(drafts);
  }

  int steps() {
    return drafts.size() + 1;
  }

  /** What step {@code step} asks the application to do, under the same request id each time. */
  Command command(int step) {
    String id = form + "/" + step;
    return step < steps()
        ? new Command.Edit(id, form, department, drafts.get(step - 1))
        : new Command.Submit(id, form, department, content);
  }
}
