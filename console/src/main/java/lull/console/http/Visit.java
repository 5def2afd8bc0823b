package lull.console.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lull.console.signin.Operator;
import lull.console.signin.SignIn;

/// Request of a browser, with who sends it. For one thread.
///
/// @param signIn empty: nobody has signed in
/// @param form the fields of a form; empty for any other request
record Visit(Context context, Optional<SignIn> signIn, Map<String, List<String>> form) {

    boolean isSignedIn() {
        return signIn.isPresent();
    }

    /// Returns who sends it. Only for requests that need an operator.
    Operator operator() {
        return signIn.orElseThrow().operator();
    }

    /// Returns a parameter of the address; empty if it is absent or blank.
    String parameter(String name) {
        String value = context.queryParam(name);
        return value == null ? "" : value.strip();
    }

    /// Returns a field of the form; empty if it is absent or blank.
    String field(String name) {
        List<String> values = form.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.getFirst().strip();
    }

    /// Returns the fields of the form, each with its first value.
    Map<String, String> singleFields() {
        return form.keySet().stream().collect(Collectors.toMap(name -> name, this::field));
    }

    /// Returns all values of a field of the form.
    List<String> fields(String name) {
        return form.getOrDefault(name, List.of());
    }

    @Override
    public String toString() {
        return "Visit[" + context.path() + "]";
    }
}
