package lull.runtime.aws;

import java.util.Optional;
import lull.runtime.trace.Span;
import lull.runtime.trace.SpanKey;
import lull.runtime.trace.SpanName;
import lull.runtime.trace.Tracing;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/// Records calls of AWS as parts of the span in which they are made. Safe for several threads.
final class AwsCallSpans implements ExecutionInterceptor {

    private static final ExecutionAttribute<Span> SPAN = new ExecutionAttribute<>("lull.span");

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
        String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        attributes.putAttribute(SPAN, Tracing.beginPart(SpanName.CALL, () -> service + "." + operation));
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        Span span = attributes.getAttribute(SPAN);
        span.with(SpanKey.SERVER, context.httpRequest().host())
                .with(SpanKey.HTTP_STATUS, context.httpResponse().statusCode());
        span.close();
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        Optional<Span> span = Optional.ofNullable(attributes.getAttribute(SPAN));
        context.httpRequest().ifPresent(request -> span.ifPresent(it -> it.with(SpanKey.SERVER, request.host())));
        context.httpResponse()
                .ifPresent(response -> span.ifPresent(it -> it.with(SpanKey.HTTP_STATUS, response.statusCode())));
        // The message may quote what was sent.
        span.ifPresent(it -> it.failed(context.exception().getClass().getSimpleName()));
        span.ifPresent(Span::close);
    }
}
