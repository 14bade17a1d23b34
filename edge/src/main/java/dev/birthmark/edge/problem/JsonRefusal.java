package dev.birthmark.edge.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.stream.Collectors;

/** Says which part of a JSON text was refused, without repeating what strangers sent. */
final class JsonRefusal {

  private JsonRefusal() {}

  static Problem problem(JsonProcessingException e) {
    // What a parser refuses inside of a value arrives wrapped with the path to it.
    var refused = e.getCause() instanceof StreamConstraintsException bounds ? bounds : e;
    return Problem.of(CommonProblem.MALFORMED, detail(refused));
  }

  private static String detail(JsonProcessingException e) {
    return switch (e) {
      case StreamConstraintsException _ ->
          "The JSON is nested too deeply, or a name, number or string in it is too long.";
      case UnrecognizedPropertyException unknown -> member(unknown) + " is not known.";
      case ValueInstantiationException refused
          when refused.getCause() instanceof IllegalArgumentException why ->
          member(refused) + ": " + why.getMessage();
      case JsonMappingException mapping
          when mapping.getCause() instanceof IllegalArgumentException why ->
          member(mapping) + ": " + why.getMessage();
      case MismatchedInputException mismatch ->
          member(mismatch) + " has the wrong type or is missing.";
      case JsonMappingException mapping -> member(mapping) + " cannot be read" + place(e) + ".";
      default -> notJson(e);
    };
  }

  private static String notJson(JsonProcessingException e) {
    var message = String.valueOf(e.getOriginalMessage());
    return message.startsWith("Duplicate field")
        ? "A JSON member occurs twice" + place(e) + "."
        : "The text is not one JSON value" + place(e) + ".";
  }

  private static String place(JsonProcessingException e) {
    var location = e.getLocation();
    return location == null
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }

  private static String member(JsonMappingException e) {
    var path = e.getPath().stream().map(JsonRefusal::step).collect(Collectors.joining("."));
    if (path.isEmpty()) {
      return "The JSON value";
    }
    return "Member '" + (path.length() > 100 ? path.substring(0, 100) + "…" : path) + "'";
  }

  private static String step(Reference reference) {
    var name = reference.getFieldName();
    return name == null ? String.valueOf(reference.getIndex()) : name;
  }
}
