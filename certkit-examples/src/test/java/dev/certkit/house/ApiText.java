package dev.certkit.house;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes down what users can see of a module.
 *
 * <p><b>Why</b> reflection and not {@code javap}: its output differs from JDK to JDK, and it leaves out the public methods
 * that a class inherits from a package-private parent.
 */
final class ApiText {
    private static final Pattern OWN_TYPE = Pattern.compile("dev\\.certkit\\.[a-z0-9.]+(?:[.$][A-Z]\\w*)+");

    /** The modifiers and the type come first in a line, and what one looks for is the name. */
    private static final Comparator<String> BY_NAME = Comparator.<String, String>comparing(
                    member -> member.replaceFirst("^[^(]* (?=\\w+(\\(|$))", ""))
            .thenComparing(Comparator.naturalOrder());

    private ApiText() {}

    /** The public signatures of a module, one type after the other, in name order. */
    static String of(House.Module module) {
        Set<String> exported = module.exportedPackages();
        List<Class<?>> types = new ArrayList<>();
        for (String name : module.classNames()) {
            if (exported.contains(name.substring(0, name.lastIndexOf('.')))) {
                types.add(load(name));
            }
        }
        return of(types);
    }

    static String of(Collection<Class<?>> types) {
        TreeMap<String, String> texts = new TreeMap<>();
        types.stream().filter(ApiText::isVisible).forEach(type -> texts.put(type.getName(), text(type)));
        return String.join("\n", texts.values());
    }

    /** What a signature must not name: Bouncy Castle's types, and our own that users cannot see. */
    static List<String> leaks(String api, Set<String> visibleTypes) {
        List<String> leaks = new ArrayList<>();
        api.lines().forEach(line -> {
            if (line.contains("org.bouncycastle")) {
                leaks.add("Bouncy Castle in a public signature: " + line.strip());
            }
            Matcher own = OWN_TYPE.matcher(line);
            while (own.find()) {
                if (!visibleTypes.contains(own.group())) {
                    leaks.add("users cannot see " + own.group() + ": " + line.strip());
                }
            }
        });
        return leaks;
    }

    /** The types that an API text declares. */
    static Set<String> declaredIn(String api) {
        return api.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .map(line -> line.replaceFirst(".*?(dev\\.certkit[\\w.$]+).*", "$1"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ApiText.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name + " is compiled but not on the class path", e);
        }
    }

    private static boolean isVisible(Class<?> type) {
        return !type.isAnonymousClass()
                && !type.isLocalClass()
                && isVisible(type.getModifiers())
                && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String text(Class<?> type) {
        Set<String> members = new TreeSet<>(BY_NAME);
        for (Class<?> at = type; at != null && (at == type || !isVisible(at)); at = at.getSuperclass()) {
            Stream.of(at.getDeclaredFields())
                    .filter(field -> isVisible(field.getModifiers()) && !field.isSynthetic())
                    .forEach(field -> members.add(text(field)));
            Stream.of(at.getDeclaredMethods())
                    .filter(method -> isVisible(method.getModifiers()) && !method.isSynthetic())
                    .filter(method -> !isImplied(type, method))
                    .forEach(method -> members.add(text(method)));
        }
        Stream.of(type.getDeclaredConstructors())
                .filter(constructor -> isVisible(constructor.getModifiers()) && !constructor.isSynthetic())
                .forEach(constructor -> members.add(text(constructor)));
        return header(type) + "\n"
                + members.stream().map(member -> "    " + member + "\n").collect(Collectors.joining());
    }

    /** What every type has says nothing. */
    private static boolean isImplied(Class<?> type, Method method) {
        String signature = method.getName() + tail(method);
        return Set.of("toString()", "hashCode()", "equals(Object)").contains(signature)
                || (type.isEnum() && Set.of("values()", "valueOf(String)").contains(signature));
    }

    private static String header(Class<?> type) {
        StringBuilder line =
                new StringBuilder(modifiers(type)).append(kind(type)).append(' ');
        line.append(type.getName()).append(variables(type.getTypeParameters()));
        Class<?> parent = type.getSuperclass();
        if (parent != null && parent != Object.class && parent != Record.class && !type.isEnum() && isVisible(parent)) {
            line.append(" extends ").append(name(type.getGenericSuperclass()));
        }
        List<String> interfaces = new ArrayList<>();
        for (int i = 0; i < type.getInterfaces().length; i++) {
            if (isVisible(type.getInterfaces()[i]) && !type.isAnnotation()) {
                interfaces.add(name(type.getGenericInterfaces()[i]));
            }
        }
        if (!interfaces.isEmpty()) {
            line.append(type.isInterface() ? " extends " : " implements ").append(String.join(", ", interfaces));
        }
        return line.append(permits(type)).toString();
    }

    private static String modifiers(Class<?> type) {
        int shown = type.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC);
        if (!type.isInterface() && !type.isEnum()) {
            shown |= type.getModifiers() & Modifier.ABSTRACT;
        }
        if (!type.isRecord() && !type.isEnum()) {
            shown |= type.getModifiers() & Modifier.FINAL;
        }
        return Modifier.toString(shown) + " " + (type.isSealed() && !type.isEnum() ? "sealed " : "");
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "@interface";
        }
        if (type.isInterface()) {
            return "interface";
        }
        return type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
    }

    private static String permits(Class<?> type) {
        if (!type.isSealed() || type.isEnum()) {
            return "";
        }
        String seen = Stream.of(type.getPermittedSubclasses())
                .filter(ApiText::isVisible)
                .map(Class::getName)
                .sorted()
                .collect(Collectors.joining(", "));
        return seen.isEmpty() ? "" : " permits " + seen;
    }

    private static String text(Field field) {
        if (field.isEnumConstant()) {
            return field.getName();
        }
        return Modifier.toString(field.getModifiers()) + " " + name(field.getGenericType()) + " " + field.getName();
    }

    private static String text(Method method) {
        int shown = method.getModifiers() & ~(Modifier.SYNCHRONIZED | Modifier.NATIVE | Modifier.STRICT);
        String variables = variables(method.getTypeParameters());
        return Modifier.toString(shown & Modifier.methodModifiers())
                + (method.isDefault() ? " default " : " ")
                + (variables.isEmpty() ? "" : variables + " ")
                + name(method.getGenericReturnType())
                + " " + method.getName() + tail(method);
    }

    private static String text(Constructor<?> constructor) {
        return Modifier.toString(constructor.getModifiers()) + " new "
                + constructor.getDeclaringClass().getSimpleName() + tail(constructor);
    }

    private static String tail(Executable executable) {
        List<String> parameters = new ArrayList<>();
        for (Type type : executable.getGenericParameterTypes()) {
            parameters.add(name(type));
        }
        if (executable.isVarArgs()) {
            int last = parameters.size() - 1;
            parameters.set(last, parameters.get(last).replaceFirst("\\[]$", "..."));
        }
        String thrown = Arrays.stream(executable.getGenericExceptionTypes())
                .map(ApiText::name)
                .sorted()
                .collect(Collectors.joining(", "));
        return "(" + String.join(", ", parameters) + ")" + (thrown.isEmpty() ? "" : " throws " + thrown);
    }

    private static String variables(TypeVariable<?>[] variables) {
        return variables.length == 0
                ? ""
                : Stream.of(variables)
                        .map(variable -> variable.getName() + bounds(variable))
                        .collect(Collectors.joining(", ", "<", ">"));
    }

    private static String bounds(TypeVariable<?> variable) {
        String bounds = Stream.of(variable.getBounds())
                .filter(bound -> bound != Object.class)
                .map(ApiText::name)
                .collect(Collectors.joining(" & "));
        return bounds.isEmpty() ? "" : " extends " + bounds;
    }

    private static String name(Type type) {
        return type.getTypeName().replaceAll("\\bjava\\.lang\\.(?=[A-Z])", "");
    }
}
