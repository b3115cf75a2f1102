/**
 * Diagnoses of a commune station, chapters A to K: a selection of this project. Codes, names and edit flags are
 * those of the annex of Decision 4469/QĐ-BYT (28 October 2020), as published, slips of spelling included.
 * One a line: code | Vietnamese | English | flags.
 */
export const DIAGNOSES_A_TO_K = `
A01.0|Thương hàn|Typhoid fever
A02.0|Viêm ruột do Salmonella|Salmonella enteritis
A03.9|Bệnh lỵ trực khuẩn, không đặc hiệu|Shigellosis, unspecified
A04.9|Nhiễm trùng đường ruột do vi khuẩn, không xác định|Bacterial intestinal infection, unspecified
A05.9|Nhiễm độc thức ăn do vi khuẩn, không xác định|Bacterial foodborne intoxication, unspecified
A06.0|Bệnh lỵ amíp cấp|Acute amoebic dysentery
A08.0|Viêm ruột do rotavirus|Rotaviral enteritis
A09|Viêm dạ dày - ruột và đại tràng do nguyên nhân nhiễm trùng và chưa xác định được nguồn gốc nhiễm trùng|Other gastroenteritis and colitis of infectious and unspecified origin
A15.0|Lao phổi, xác nhận bằng soi đờm có cấy hoặc không cấy đờm|Tuberculosis of lung, confirmed by sputum microscopy with or without culture
A16.2|Lao phổi, không đề cập đến việc xác nhận về vi khuẩn và mô học|Tuberculosis of lung, without mention of bacteriological or histological confirmation
A16.9|Lao hô hấp không xác định và không đề cập đến việc xác nhận về vi khuẩn học và mô học|Respiratory tuberculosis unspecified, without mention of bacteriological or histological confirmation
A20.9|Dịch hạch không xác định|Plague, unspecified
A27.9|Nhiễm leptospira, không xác định|Leptospirosis, unspecified
A33|Bệnh uốn ván sơ sinh|Tetanus neonatorum|newborn
A35|Bệnh uốn ván khác|Other tetanus
A36.9|Bệnh bạch hầu, không xác định|Diphtheria, unspecified
A37.9|Bệnh ho gà, không đặc hiệu|Whooping cough, unspecified
A38|Bệnh tinh hồng nhiệt|Scarlet fever
A39.0|Viêm màng não do não mô cầu (G01*)|Meningococcal meningitis (G01*)
A41.9|Nhiễm trùng huyết, không xác định|Septicaemia, unspecified
A46|Viêm quầng (nhiễm streptococcus ở da)|Erysipelas
A49.9|Nhiễm khuẩn, không đặc hiệu|Bacterial infection, unspecified
A53.9|Giang mai, không đặc hiệu|Syphilis, unspecified
A54.9|Nhiễm lậu cầu, không đặc hiệu|Gonococcal infection, unspecified
A56.0|Bệnh do chlamydia ở đường niệu - sinh dục dưới|Chlamydial infection of lower genitourinary tract
A59.0|Bệnh do trichomonas đường niệu - sinh dục|Urogenital trichomoniasis
A63.0|Mụn cơm (hoa liễu) ở hậu môn - sinh dục|Anogenital (venereal) warts
A75.3|Sốt phát ban do Rickettsia tsutsugamushi|Typhus fever due to Rickettsia tsutsugamushi
A79.9|Nhiễm Rickettsia, không đặc hiệu|Rickettsiosis, unspecified
A80.9|Bệnh bại liệt cấp, không đặc hiệu|Acute poliomyelitis, unspecified
A82.9|Bệnh dại, không đặc hiệu|Rabies, unspecified
A83.0|Viêm não Nhật Bản|Japanese encephalitis
A84.9|Viêm não virus do ve truyền, không đặc hiệu|Tick-borne viral encephalitis, unspecified
A87.9|Viêm màng não do virus, không đặc hiệu|Viral meningitis, unspecified
A90|Sốt Dengue (Dengue cổ điển)|Dengue fever (classical Dengue)
A97.0|Sốt xuất huyết không có dấu hiệu cảnh báo|Dengue without warning signs
A97.1|Sốt xuất huyết có dấu hiệu cảnh báo|Dengue with warning signs
A97.2|Sốt xuất huyết nặng|Severe Dengue
A97.9|Sốt xuất huyết không đặc hiệu|Dengue, unspecified
B00.1|Viêm da rộp nước do virus Herpes|Herpesviral vesicular dermatitis
B00.9|Nhiễm Virus Herpes, không đặc hiệu|Herpesviral infection, unspecified
B01.9|Thủy đậu không biến chứng|Varicella without complication
B02.9|Bệnh Zoster không biến chứng|Zoster without complication
B05.9|Sởi không biến chứng|Measles without complication
B06.9|Bệnh rubella không có biến chứng|Rubella without complication
B07|Bệnh mụn cóc do virus|Viral warts
B08.1|U mềm lây|Molluscum contagiosum
B08.4|Viêm họng có phỏng nước do virus đường ruột với phát ban|Enteroviral vesicular stomatitis with exanthem
B08.5|Viêm họng có phỏng nước do virus đường ruột|Enteroviral vesicular pharyngitis
B15.9|Viêm gan A không có hôn mê gan|Hepatitis A without hepatic coma
B16.9|Viêm gan B cấp, không có đồng nhiễm virus viêm gan D, và không có hôn mê gan|Acute hepatitis B without delta-agent and without hepatic coma
B17.1|Viêm gan C cấp|Acute hepatitis C
B18.0|Viêm gan virus B mạn, có đồng nhiễm viêm gan virus D|Chronic viral hepatitis B with delta-agent
B18.1|Viêm gan virus B mạn, không có đồng nhiễm viêm gan virus D|Chronic viral hepatitis B without delta-agent
B18.2|Viêm gan virut C mạn tính|Chronic viral hepatitis C
B20|Bệnh HIV dẫn đến bệnh nhiễm trùng và ký sinh trùng|Human immunodeficiency virus [HIV] disease resulting in infectious and parasitic diseases|restricted
B24|Bệnh do HIV không xác định|Unspecified human immunodeficiency virus|restricted
B26.9|Bệnh quai bị không biến chứng|Mumps without complication
B30.9|Viêm kết mạc do virus, không đặc hiệu|Viral conjunctivitis, unspecified
B34.9|Nhiễm virus, không xác định|Viral infection, unspecified
B35.0|Bệnh nấm ở cằm và nấm da đầu|Tinea barbae and tinea capitis
B35.3|Bệnh nấm da chân|Tinea pedis
B35.4|Bệnh nấm da thân|Tinea corporis
B35.6|Bệnh nấm da đùi|Tinea cruris
B36.0|Bệnh lang ben|Pityriasis versicolor
B37.0|Viêm miệng do candida|Candidal stomatitis
B37.2|Nhiễm candida da và móng|Candidiasis of skin and nail
B37.3|Nhiễm candida âm hộ và âm đạo (N77.1*)|Candidiasis of vulva and vagina (N77.1*)|female
B50.9|Sốt rét Plasmodium falciparum, không đặc hiệu|Plasmodium falciparum malaria, unspecified
B51.9|Sốt rét Plasmodium vivax không biến chứng|Plasmodium vivax malaria without complication
B54|Sốt rét không xác định|Unspecified malaria
B66.1|Bệnh sán lá gan nhỏ|Clonorchiasis
B68.9|Bệnh sán Taenia, không đặc hiệu|Taeniasis, unspecified
B69.9|Bệnh ấu trùng sán lợn, không đặc hiệu|Cysticercosis, unspecified
B74.9|Bệnh giun chỉ, không đặc hiệu|Filariasis, unspecified
B76.9|Bệnh giun móc, không đặc hiệu|Hookworm disease, unspecified
B77.9|Bệnh giun đũa, không đặc hiệu|Ascariasis, unspecified
B79|Bệnh giun tóc|Trichuriasis
B80|Bệnh giun kim|Enterobiasis
B82.9|Nhiễm ký sinh trùng đường ruột không đặc hiệu|Intestinal parasitism, unspecified
B83.9|Bệnh giun sán, không đặc hiệu|Helminthiasis, unspecified
B85.0|Bệnh chấy rận do Pediculus humanus capitis|Pediculosis due to Pediculus humanus capitis
B86|Bệnh ghẻ|Scabies
B99|Các bệnh nhiễm trùng khác và không xác định|Other and unspecified infetious disease
D50.9|Thiếu máu thiếu sắt không đặc hiệu|Iron deficiency anaemia, unspecified
D53.9|Thiếu máu dinh dưỡng không đặc hiệu|Nutritional anaemia, unspecified
D56.1|Beta thalassaemia|Beta thalassaemia
D56.9|Thalassaemia không đặc hiệu|Thalassaemia, unspecified
D64.9|Thiếu máu không đặc hiệu|Anaemia, unspecified
D69.0|Ban xuất huyết dị ứng|Allergic purpura
D69.6|Giảm tiểu cầu không đặc hiệu|Thrombocytopenia, unspecified
E01.0|Bướu giáp lan toả (địa phương) -liên quan đến thiếu iod|Iodine-deficiency-related diffuse (endemic) goitre
E03.9|Suy giáp, không đặc hiệu|Hypothyroidism, unspecified
E04.9|bướu giáp không độc, không đặc hiệu|Nontoxic goitre, unspecified
E05.9|Nhiễm độc giáp, không đặc hiệu|Thyrotoxicosis, unspecified
E10.9|Bệnh đái tháo đường phụ thuộc insuline (Chưa có biến chứng)|Insuline-dependent diabetes mellitus (Without complications)
E11.2|Bệnh đái tháo đường không phụ thuộc insuline (Có biến chứng thận)|Non-insuline-dependent diabetes mellitus (With renal complications)
E11.4|Bệnh đái tháo đường không phụ thuộc insuline (Có biến chứng thần kinh)|Non-insuline-dependent diabetes mellitus (With neurological complications)
E11.5|Bệnh đái tháo đường không phụ thuộc insuline (Có biến chứng mạch máu ngoại vi)|Non-insuline-dependent diabetes mellitus (With peripheral circulatory complications)
E11.9|Bệnh đái tháo đường không phụ thuộc insuline (Chưa có biến chứng)|Non-insuline-dependent diabetes mellitus (Without complications)
E14.9|Các thể loại đái tháo đường không xác định (Chưa có biến chứng)|Unspecified diabetes mellitus (Without complications)
E16.2|Hạ glucose máu không đặc hiệu|Hypoglycaemia, unspecified
E40|Kwashiorkor|Kwashiorkor
E41|Suy dinh dưỡng thể marasmus|Nutritional marasmus
E43|Suy dinh dưỡng nặng do thiếu protein - năng lượng, không đặc hiệu|Unspecified severe protein-energy malnutrition
E44.0|Suy dinh dưỡng vừa do thiếu protein năng lượng|Moderate protein-energy malnutrition
E44.1|Suy dinh dưỡng nhẹ do thiếu protein năng lượng|Mild protein-energy malnutrition
E46|Suy dinh dưỡng do thiếu protein năng lượng không xác định|Unspecified protein-energy malnutrition
E50.9|Thiếu vitamin A, không đặc hiệu|Vitamin A deficiency, unspecified
E53.9|Thiếu vitamin B, không đặc hiệu|Vitamin B deficiency, unspecified
E55.0|Còi xương, tiến triển|Rickets, active
E55.9|Thiếu vitamin D, không xác định|Vitamin D deficiency, unspecified
E56.9|Thiếu vitamin, không đặc hiệu|Vitamin deficiency, unspecified
E58|Thiếu Calci do chế độ ăn|Dietary calcium deficiency
E61.1|Thiếu sắt|Iron deficiency
E66.9|Béo phì, không đặc hiệu|Obesity, unspecified
E78.0|Tăng cholesterol máu đơn thuần|Pure hypercholesterolaemia
E78.2|Tăng lipid máu hỗn hợp|Mixed hyperlipidaemia
E78.5|Tăng lipid máu, không đặc hiệu|Hyperlipidaemia, unspecified
E86|Giảm thể tích|Volume depletion
E87.6|Hạ kali máu|Hypokalaemia
F10.1|Rối loạn tâm thần và hành vi do sử dụng rượu (Sử dụng gây hại)|Mental and behavioural disorders due to use of alcohol (Harmful use)
F10.2|Rối loạn tâm thần và hành vi do sử dụng rượu (Hội chứng nghiện)|Mental and behavioural disorders due to use of alcohol (Dependence syndrome)
F11.2|Rối loạn tâm thần và hành vi do sử dụng các dạng thuốc phiện (Hội chứng nghiện)|Mental and behavioural disorders due to use of opioids (Dependence syndrome)
F17.2|Rối loạn tâm thần và hành vi do sử dụng thuốc lá (Hội chứng nghiện)|Mental and behavioural disorders due to use of tobaco (Dependence syndrome)
F20.9|Tâm thần phân liệt thể không đặc hiệu|Schizophrenia, unspecified
F32.9|Giai đoạn trầm cảm không đặc hiệu|Depressive episode, unspecified
F41.1|Rối loạn lo âu lan toả|Generalized anxiety disorder
F41.2|Rối loạn hỗn hợp lo âu và trầm cảm|Mixed anxiety and depressive disorder
F41.9|Rối loạn lo âu, không biệt định|Anxiety disorder, unspecified
F43.2|các rối loạn sự thích ứng|Adjustment disorders
F45.9|Rối loạn dạng cơ thể, không biệt định|Somatoform disorder, unspecified
F51.0|Mất ngủ không thực tổn|Nonorganic insomnia
F70|Chậm phát triển tâm thần nhẹ|Mild mental retardation
F79|Chậm phát triển tâm thần không biệt định|Unspecified mental retardation
F80.9|Rối loạn phát triển về lời nói và ngôn ngữ không đặc hiệu|Developmental disorder of speech and language, unspecified
F84.0|Tính tự kỷ ở trẻ em|Childhood autism
F90.0|Rối loạn của hoạt động và chú ý|Disturbance of activity and attention
F98.0|Đái dầm không thực tổn|Nonorganic enuresis
G20|Bệnh Parkinson|Parkinson disease
G40.9|Động kinh không đặc hiệu|Epilepsy, unspecified
G43.9|Migraine, không đặc hiệu|Migraine, unspecified
G44.2|Đau đầu do căng thẳng|Tension-type headache
G45.9|Cơn thiếu máu não thoáng qua không đặc hiệu|Transient cerebral ischaemic attack, unspecified
G47.0|Rối loạn vào giấc và duy trì giấc ngủ [mất ngủ]|Disorders of initiating and maintaining sleep [insomnias]
G50.0|Đau dây thần kinh tam thoa|Trigeminal neuralgia
G51.0|Liệt Bell|Bell palsy
G54.2|Bệnh rễ thần kinh cổ, không phân loại nơi khác|Cervical root disorders, not elsewhere classified
G56.0|Hội chứng ống cổ tay|Carpal tunnel syndrome
G57.0|Tổn thương dây thần kinh hông to|Lesion of sciatic nerve
G62.9|Bệnh đa dây thần kinh, không đặc hiệu|Polyneuropathy, unspecified
G80.9|Bại não, không đặc hiệu|Cerebral palsy, unspecified
G81.9|Liệt nửa người không đặc hiệu|Hemiplegia, unspecified
G93.4|Bệnh não, không đặc hiệu|Encephalopathy, unspecified
H00.0|Lẹo và viêm sâu khác của mi mắt|Hordeolum and other deep inflammation of eyelid
H01.0|Viêm bờ mi|Blepharitis
H04.5|Tắc và bán tắc lệ đạo|Stenosis and insufficiency of lacrimal passages
H10.1|Viêm kết mạc dị ứng cấp|Acute atopic conjunctivitis
H10.3|Viêm kết mạc cấp, không đặc hiệu|Acute conjunctivitis, unspecified
H10.9|Viêm kết mạc, không đặc hiệu|Conjunctivitis, unspecified
H11.0|Mộng thịt|Pterygium
H16.9|Viêm giác mạc, không đặc hiệu|Keratitis, unspecified
H25.9|Đục thể thủy tinh người già, không đặc hiệu|Senile cataract, unspecified
H26.9|Đục thể thủy tinh, không đặc hiệu khác|Cataract, unspecified
H40.9|Glocom, không đặc hiệu|Glaucoma, unspecified
H52.1|Cận thị|Myopia
H54.9|Giảm thị lực không đặc hiệu (hai mắt)|Unspecified visual impairment (binocular)
H57.1|Nhức mắt|Ocular pain
H60.9|Viêm tai ngoài, không đặc hiệu|Otitis externa, unspecified
H61.2|Nút ráy tai|Impacted cerumen
H65.9|Viêm tai giữa không nung mủ, không đặc hiệu|Nonsuppurative otitis media, unspecified
H66.0|Viêm tai giữa nung mủ cấp viêm tai giữa cấp mủ|Acute suppurative otitis media
H66.3|Viêm tai giữa nung mủ mạn khác viêm tai giữa mủ mạn khác|Other chronic suppurative otitis media
H66.9|Viêm tai giữa không đặc hiệu|Otitis media, unspecified
H72.9|Thủng màng nhĩ, không đặc hiệu|Perforation of tympanic membrane, unspecified
H81.1|Chóng mặt kịch phát lành tính|Benign paroxysmal vertigo
H81.3|Chóng mặt do nguyên nhân ngoại biên khác|Other peripheral vertigo
H83.0|Viêm mê nhĩ|Labyrinthitis
H91.9|Nghe kém không đặc hiệu khác nghe kém không đặc hiệu|Hearing loss, unspecified
H93.1|Ù tai|Tinnitus
I00|Thấp không có tổn thương tim|Rheumatic fever without mention of I00 heart involvement
I05.9|Bệnh van hai lá, không đặc hiệu|Mitral valve disease, unspecified
I10|Bệnh lý tăng huyết áp|Other rheumatic heart diseases
I11.9|Bệnh tim do tăng huyết áp, không suy tim (sung huyết)|Hypertensive heart disease without (congestive) heart failure
I20.0|Cơn đau thắt ngực không ổn định|Unstable angina
I20.9|Cơn đau thắt ngực, không đặc hiệu|Angina pectoris, unspecified
I21.9|Nhồi máu cơ tim cấp, không đặc hiệu|Acute myocardial infarction, unspecified
I25.9|Bệnh tim thiếu máu cục bộ mạn, không đặc hiệu|Chronic ischaemic heart disease, unspecified
I48|Rung nhĩ và cuồng nhĩ|Paroxysmal tachycardia
I49.9|Rối loạn nhịp tim, không đặc hiệu|Cardiac arrhythmia, unspecified
I50.0|Suy tim sung huyết|Congestive heart failure
I50.9|Suy tim, không đặc hiệu|Heart failure, unspecified
I63.9|Nhồi máu não, không đặc hiệu|Cerebral infarction, unspecified
I64|Đột quị, không xác định do xuất huyết hay nhồi máu (Tai biến mạch máu não)|Stroke, not specified as haemorrhage or infarction
I69.3|Di chứng nhồi máu não|Sequelae of cerebral infarction
I69.4|Di chứng đột quỵ, không xác định là xuất huyết hay nhồi máu|Sequelae of stroke, not specified as haemorrhage or infarction
I83.9|Dãn tĩnh mạch chi dưới không loét không viêm|Varicose veins of lower extremities without ulcer or inflammation
I87.2|Suy tĩnh mạch (mạn) (ngoại biên)|Venous insufficiency (chronic)(peripheral)
I95.1|Hạ huyết áp thế đứng|Orthostatic hypotension
I95.9|Hạ huyết áp, không đặc hiệu|Hypotension, unspecified
J00|Viêm mũi họng cấp [cảm thường]|Acute nasopharyngitis [common cold]
J01.9|Viêm xoang cấp, không phân loại|Acute sinusitis, unspecified
J02.0|Viêm họng do liên cầu|Streptococcal pharyngitis
J02.9|Viêm họng cấp, không đặc hiệu|Acute pharyngitis, unspecified
J03.9|Viêm amydan cấp, không phân loại|Acute tonsillitis, unspecified
J04.0|Viêm thanh quản cấp|Acute laryngitis
J05.0|Viêm thanh quản tắc nghẽn cấp [CROUP]|Acute obstructive laryngitis [croup]
J06.9|Nhiễm trùng đường hô hấp trên cấp, không phân loại|Acute upper respiratory infection, unspecified
J10.1|Cảm cúm với biểu hiện hô hấp khác, virus cúm được định|Influenza with other respiratory manifestations, other influenza virus identified
J11.1|Cúm với các biểu hiện hô hấp khác, virus không được định danh|Influenza with other respiratory manifestations, virus not identified
J12.9|Viêm phổi virus, không đặc hiệu|Viral pneumonia, unspecified
J15.9|Viêm phổi do vi khuẩn, không đặc hiệu|Bacterial pneumonia, unspecified
J18.0|Viêm phế quản phổi, không đặc hiệu|Bronchopneumonia, unspecified
J18.9|Viêm phổi, không đặc hiệu|Pneumonia, unspecified
J20.9|Viêm phế quản cấp, không phân loại|Acute bronchitis, unspecified
J21.9|Viêm tiểu phế quản cấp, không phân loại|Acute bronchiolitis, unspecified
J22|Nhiễm trùng hô hấp dưới cấp không phân loại|Unspecified acute lower respiratory infection
J30.1|Viêm mũi dị ứng do phấn hoa|Allergic rhinitis due to pollen
J30.3|Viêm mũi dị ứng khác|Other allergic rhinitis
J30.4|Viêm mũi dị ứng, không phân loại|Allergic rhinitis, unspecified
J31.0|Viêm mũi mãn tính|Chronic rhinitis
J31.2|Viêm họng mãn tính|Chronic pharyngitis
J32.9|Viêm xoang mãn tính, không phân loại|Chronic sinusitis, unspecified
J34.2|Lệch vách mũi|Deviated nasal septum
J35.0|Viêm amydan mãn tính|Chronic tonsillitis
J40|Viêm phế quản không xác định được là cấp hay mãn tính|Bronchitis, not specified as acute or chronic
J42|Viêm phế quản mãn tính không phân loại|Unspecified chronic bronchitis
J44.1|Bệnh phổi tắc nghẽn mãn tính đợt cấp, không phân loại|Chronic obstructive pulmonary disease with acute exacerbation, unspecified
J44.9|Bệnh phổi tắc nghẽn mãn tính, không phân loại|Chronic obstructive pulmonary disease, unspecified
J45.0|Hen chủ yếu do dị ứng|Predominantly allergic asthma
J45.9|Hen, không phân loại|Asthma, unspecified
J46|Cơn hen ác tính|Status asthmaticus
J47|Dãn phế quản|Bronchiectasis
J90|Tràn dịch màng phổi, không phân loại nơi khác|Pleural effusion, not elsewhere classified
J98.9|Bệnh hô hấp, không phân loại|Respiratory disorder, unspecified
K00.7|Hội chứng mọc răng|Teething syndrome
K01.1|Răng mọc kẹt|Impacted teeth
K02.1|Sâu ngà|Caries of dentine
K02.9|Sâu răng, không đặc hiệu|Dental caries, unspecified
K04.0|Viêm tủy|Pulpitis
K04.7|áp xe quanh chân răng không có ổ|Periapical abscess without sinus
K05.0|Viêm nướu cấp|Acute gingivitis
K05.1|Viêm nướu mãn|Chronic gingivitis
K05.3|Viêm nha chu mãn|Chronic periodontitis
K08.1|Mất răng do tai nạn, do nhổ răng hay bệnh nha chu khu trú|Loss of teeth due to accident, extraction or local periodontal disease
K11.2|Viêm tuyến nước bọt|Sialoadenitis
K12.0|Loét miệng tái diễn|Recurrent oral aphthae
K12.1|Dạng khác của viêm miệng|Other forms of stomatitis
K13.0|Bệnh của môi|Diseases of lips
K20|Viêm thực quản|Oesophagitis
K21.0|Bệnh trào ngược dạ dày - thực quản với viêm thực quản|Gastro-oesophageal reflux disease with oesophagitis
K21.9|Bệnh trào ngược dạ dày - thực quản không có viêm thực quản|Gastro-oesophageal reflux disease without oesophagitis
K25.9|Loét dạ dày (Không xác định là cấp hay mạn, không xuất huyết hay thủng)|Gastric ulcer (Unspecified as acute or chronic, without haemorrhage or perforation)
K26.9|Loét tá tràng (Không xác định là cấp hay mạn, không xuất huyết hay thủng)|Duodenal ulcer (Unspecified as acute or chronic, without haemorrhage or perforation)
K27.9|Loét dạ dày - tá tràng, vị trí không xác định (Không xác định là cấp hay mạn, không xuất huyết hay thủng)|Peptic ulcer, site unspecified (Unspecified as acute or chronic, without haemorrhage or perforation)
K29.1|Viêm dạ dày cấp khác|Other acute gastritis
K29.5|Viêm dạ dày mạn, không đặc hiệu|Chronic gastritis, unspecified
K29.7|Viêm dạ dày, không đặc hiệu|Gastritis, unspecified
K30|Khó tiêu chức năng|Functional dyspepsia
K35.9|Viêm ruột thừa cấp - không đặc hiệu|Acute appendicitis, unspecified
K37|Viêm ruột thừa không đặc hiệu|Unspecified appendicitis
K40.9|Thoát vị bẹn một bên hay không đặc hiệu, không tắc hay hoại tử|Unilateral or unspecified inguinal hernia, without obstruction or gangrene
K52.9|Viêm dạ dày - ruột và đại tràng không nhiễm trùng, không đặc hiệu|Noninfective gastroenteritis and colitis, unspecified
K56.1|Lồng ruột|Intussusception
K56.6|Tắc ruột khác và không xác định|Other and unspecified intestinal obstruction
K57.9|Bệnh túi thừa của ruột, vị trí không xác định, không thủng hay áp xe|Diverticular disease of intestine, part unspecified, without perforation or abscess
K58.0|Hội chứng ruột kích thích, có tiêu chảy|Irritable bowel syndrome with diarrhoea
K58.9|Hội chứng ruột kích thích, không tiêu chảy|Irritable bowel syndrome without diarrhoea
K59.0|Táo bón|Constipation
K59.1|Tiêu chảy rối loạn chức năng|Functional diarrhoea
K60.2|Nứt ống hậu môn, không đặc hiệu|Anal fissure, unspecified
K61.0|áp xe hậu môn|Anal abscess
K64.0|Trĩ độ I|First degree haemorrhoids
K64.1|Trĩ độ II|Second degree haemorrhoids
K64.2|Trĩ độ III|Third degree haemorrhoids
K64.3|Trĩ độ IV|Fourth degree haemorrhoids
K64.9|Trĩ, không đặc hiệu|Haemorrhoids, unspecified
K70.3|Xơ gan do rượu|Alcoholic cirrhosis of liver
K73.9|Viêm gan mạn, không đặc hiệu|Chronic hepatitis, unspecified
K74.6|Xơ gan khác và không đặc hiệu|Other and unspecified cirrhosis of liver
K75.9|Bệnh viêm gan, không đặc hiệu|Inflammatory liver disease, unspecified
K76.0|Gan (biến đổi) nhiễm mỡ, không phân loại nơi khác|Fatty (change of) liver, not elsewhere classified
K80.2|Sỏi túi mật không có viêm túi mật|Calculus of gallbladder without cholecystitis
K81.0|Viêm túi mật cấp|Acute cholecystitis
K85.9|Viêm tụy cấp tính, không đặc hiệu|Acute pancreatitis, unspecified
K92.2|Chảy máu tiêu hóa, không đặc hiệu|Gastrointestinal haemorrhage, unspecified
`;
