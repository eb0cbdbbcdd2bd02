package io.millrace.schemas;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * Reads nullness off the records themselves: a component that is not marked {@link Nullable} must
 * be there and must not be null, and no list holds null.
 */
final class DeclaredNullness extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        return component(member)
                .map(c -> !nullable(c))
                .orElseGet(() -> super.hasRequiredMarker(config, member));
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
        return component(annotated)
                .map(c ->
                        JsonSetter.Value.construct(
                                nullable(c) ? Nulls.SET : Nulls.FAIL, Nulls.FAIL))
                .orElseGet(() -> super.findSetterInfo(config, annotated));
    }

    private static boolean nullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static Optional<RecordComponent> component(Annotated annotated) {
        if (!(annotated instanceof AnnotatedMember member)
                || !member.getDeclaringClass().isRecord()) {
            return Optional.empty();
        }
        RecordComponent[] components = member.getDeclaringClass().getRecordComponents();
        if (member instanceof AnnotatedParameter parameter) {
            return Optional.of(components[parameter.getIndex()]);
        }
        return Arrays.stream(components)
                .filter(c -> c.getName().equals(member.getName()))
                .findFirst();
    }
}
