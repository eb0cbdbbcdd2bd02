package io.millrace.launcher.demo;

import io.millrace.launcher.platform.KafkaChoice;

/** On the embedded broker. */
class LoopIT extends LoopScenario {

    @Override
    KafkaChoice kafka() {
        return new KafkaChoice.Embedded();
    }
}
