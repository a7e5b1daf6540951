package io.kappa.savepoints.inspect;

import java.util.Map;

/**
 * How something was written.
 *
 * @param type what it is: a class and its fields, or a built-in type
 * @param serializer the simple name of the class that stands for its serializer in the savepoint
 * @param version of that class
 * @param fields of a class of state: name -> type; empty for anything else
 */
public record SavedType(String type, String serializer, int version, Map<String, String> fields) {}
