// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What others can use of a type: its header and its public and protected members, in a stable order. */
record Signature(Class<?> type) {
    private static final Pattern PACKAGE = Pattern.compile("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])");
    private static final int SHOWN = Modifier.PROTECTED | Modifier.ABSTRACT | Modifier.STATIC | Modifier.FINAL;

    /** Whether others can name the type. */
    static boolean isVisible(Class<?> type) {
        var enclosing = type.getEnclosingClass();
        return isVisible(type.getModifiers())
                && !type.isAnonymousClass()
                && !type.isLocalClass()
                && (enclosing == null || isVisible(enclosing));
    }

    String text() {
        var members = Stream.of(
                        Arrays.stream(type.getDeclaredFields()),
                        Arrays.stream(type.getDeclaredConstructors()),
                        Arrays.stream(type.getDeclaredMethods()))
                .flatMap(each -> each)
                .map(Member.class::cast)
                .filter(member -> isVisible(member.getModifiers()) && !member.isSynthetic())
                .map(member -> "  " + member(member) + "\n")
                .sorted()
                .collect(Collectors.joining());
        return header() + "\n" + members;
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private String header() {
        var modifiers = type.isInterface() ? Modifier.PROTECTED | Modifier.FINAL : SHOWN;
        return modifiers(type.getModifiers() & modifiers)
                + (type.isSealed() ? "sealed " : "")
                + kind()
                + " "
                + name(type)
                + variables(type.getTypeParameters())
                + components()
                + parent()
                + list(type.isInterface() ? " extends " : " implements ", type.getGenericInterfaces())
                + list(" permits ", type.isSealed() ? type.getPermittedSubclasses() : new Class<?>[0]);
    }

    private String kind() {
        if (type.isRecord()) {
            return "record";
        }
        if (type.isEnum()) {
            return "enum";
        }
        return type.isInterface() ? "interface" : "class";
    }

    private String components() {
        if (!type.isRecord()) {
            return "";
        }
        return Arrays.stream(type.getRecordComponents())
                .map(component -> name(component.getGenericType()) + " " + component.getName())
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private String parent() {
        var parent = type.getGenericSuperclass();
        return parent == null || parent == Object.class || type.isRecord() || type.isEnum()
                ? ""
                : " extends " + name(parent);
    }

    private static String member(Member member) {
        if (member instanceof Method method) {
            return methodModifiers(method)
                    + variablesBefore(method)
                    + name(method.getGenericReturnType())
                    + " "
                    + method.getName()
                    + parameters(method);
        }
        if (member instanceof Constructor<?> constructor) {
            return modifiers(constructor.getModifiers() & SHOWN)
                    + variablesBefore(constructor)
                    + constructor.getDeclaringClass().getSimpleName()
                    + parameters(constructor);
        }
        var field = (Field) member;
        return modifiers(field.getModifiers() & SHOWN) + name(field.getGenericType()) + " " + field.getName();
    }

    private static String methodModifiers(Method method) {
        if (method.isDefault()) {
            return "default ";
        }
        var shown = method.getDeclaringClass().isInterface() ? Modifier.STATIC : SHOWN;
        return modifiers(method.getModifiers() & shown);
    }

    private static String variablesBefore(Executable executable) {
        var variables = variables(executable.getTypeParameters());
        return variables.isEmpty() ? "" : variables + " ";
    }

    private static String parameters(Executable executable) {
        var types = Arrays.stream(executable.getGenericParameterTypes())
                .map(Signature::name)
                .collect(Collectors.joining(", "));
        var shown = executable.isVarArgs() ? types.substring(0, types.length() - 2) + "..." : types;
        return "(" + shown + ")" + list(" throws ", executable.getGenericExceptionTypes());
    }

    private static String variables(TypeVariable<?>[] variables) {
        return variables.length == 0
                ? ""
                : Arrays.stream(variables)
                        .map(variable -> variable.getName() + bounds(variable))
                        .collect(Collectors.joining(", ", "<", ">"));
    }

    private static String bounds(TypeVariable<?> variable) {
        var bounds = Arrays.stream(variable.getBounds())
                .filter(bound -> bound != Object.class)
                .map(Signature::name)
                .collect(Collectors.joining(" & "));
        return bounds.isEmpty() ? "" : " extends " + bounds;
    }

    private static String list(String before, Type[] types) {
        return types.length == 0
                ? ""
                : Arrays.stream(types).map(Signature::name).collect(Collectors.joining(", ", before, ""));
    }

    private static String modifiers(int modifiers) {
        return modifiers == 0 ? "" : Modifier.toString(modifiers) + " ";
    }

    private static String name(Type type) {
        return PACKAGE.matcher(type.getTypeName()).replaceAll("").replace('$', '.');
    }
}
