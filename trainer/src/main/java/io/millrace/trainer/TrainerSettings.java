package io.millrace.trainer;

import io.millrace.runtime.KafkaSettings;
import io.millrace.trainer.training.TrainingConfig;
import io.millrace.trainer.trigger.CountTrigger;

/** What a trainer is told. */
public record TrainerSettings(KafkaSettings kafka, TrainingConfig training, CountTrigger trigger) {}
