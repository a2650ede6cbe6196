package dev.sluice.setting;

/// What can be wrong with any setting.
public enum GeneralFault implements SettingFault {
    NOT_TEXT, NOT_A_CHOICE, NOT_AN_ADDRESS, NOT_A_FLAG, NOT_A_WHOLE_NUMBER, NOT_A_NUMBER, NOT_FACTORS, NOT_AMOUNTS, OUT_OF_RANGE,
    NOT_YUAN, DISCOUNT_OF_NO_AMOUNT, KEY_BLANK, SUBJECT_EMPTY, MISSING, UNKNOWN, MASKED, KEPT_BY_ITSELF, NO_MASTER_KEY
}
